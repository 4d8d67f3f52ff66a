import { connect, type Socket } from "node:net";

/**
 * One keep-alive connection that sends a prepared request and waits for the whole answer. Bytes on a socket, because a
 * client library costs more than the server that is measured here, and both share the same cores.
 */
export interface HttpConnection {
  /** Sends the request; settles with the status once the answer is complete. */
  send(): Promise<number>;
  close(): void;
}

const HEADERS_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

export interface PreparedRequest {
  readonly url: URL;
  readonly bytes: Buffer;
}

export function prepareRequest(
  method: string,
  address: string,
  body: string | null,
  headers: Readonly<Record<string, string>> = {},
): PreparedRequest {
  const url = new URL(address);
  const content = body === null ? "" : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  const further = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = `${method} ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n${content}${further.join("")}\r\n${body ?? ""}`;
  return { url, bytes: Buffer.from(text) };
}

export async function openConnection({ url, bytes }: PreparedRequest): Promise<HttpConnection> {
  let waiting: PromiseWithResolvers<number> | null = null;
  let socket = await open();

  async function open(): Promise<Socket> {
    const opening = await connected(url);
    let received: Buffer = Buffer.alloc(0);
    let answers = 0;
    opening.on("data", (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const status = completeStatus(received);
      if (status === null) return;
      received = Buffer.alloc(0);
      answers++;
      waiting?.resolve(status);
      waiting = null;
    });
    opening.once("close", () => {
      if (waiting === null) return;
      // A server ends a connection that was idle for some seconds, maybe at the moment at which it is asked again: as every client does then.
      if (answers > 0 && received.length === 0) void sendAnew();
      else waiting.reject(new Error(`${url.host} closed the connection in the middle of an answer`));
    });
    // Told of by the close that follows it.
    opening.on("error", () => undefined);
    return opening;
  }

  async function sendAnew(): Promise<void> {
    try {
      socket = await open();
      socket.write(bytes);
    } catch (error) {
      waiting?.reject(error);
    }
  }
  return {
    send() {
      const asked = Promise.withResolvers<number>();
      waiting = asked;
      if (socket.closed) void sendAnew();
      else socket.write(bytes);
      return asked.promise;
    },
    close() {
      waiting = null;
      socket.destroy();
    },
  };
}

function connected(url: URL): Promise<Socket> {
  return opened(connect({ host: url.hostname, port: Number(url.port), noDelay: true }));
}

function opened(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

/** The status of an answer that has arrived whole, by its Content-Length or its last chunk; null while some is missing. */
export function completeStatus(received: Buffer): number | null {
  const end = received.indexOf(HEADERS_END);
  if (end < 0) return null;
  const head = received.toString("latin1", 0, end);
  const body_length = received.length - end - HEADERS_END.length;
  const declared = /^content-length: *(\d+)/im.exec(head)?.[1];
  const isComplete = declared === undefined ? received.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK) : body_length >= Number(declared);
  return isComplete ? Number(head.slice(9, 12)) : null;
}
