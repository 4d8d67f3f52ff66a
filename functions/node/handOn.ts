import { type IncomingMessage, request, type ServerResponse } from "node:http";

/** Of one connection alone (RFC 9110, 7.6.1). Transfer-Encoding stays: Node reads it, and frames what it sends by it. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"]);

export interface WholeServer {
  readonly host: string;
  readonly port: number;
  /** Called when the answer has begun, and where there will be none. */
  answered(): void;
  failed(error: Error): void;
}

/** Hands a request on as it came, and its answer back as it is: names of headers, bodies and their encodings are not looked at. */
export function handOn(incoming: IncomingMessage, outgoing: ServerResponse, whole: WholeServer): void {
  const { method, url } = incoming;
  const { host, port } = whole;
  const asked = request({ host, port, method, path: url, headers: endToEnd(incoming.rawHeaders), setHost: false });
  asked.once("response", (answer) => {
    whole.answered();
    outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders));
    answer.pipe(outgoing);
    answer.once("error", () => outgoing.destroy());
  });
  asked.once("error", (error) => (outgoing.headersSent ? outgoing.destroy() : whole.failed(error)));
  outgoing.once("close", () => asked.destroy());
  incoming.pipe(asked);
}

/** Names and values in turn, as Node gives and takes them. */
function endToEnd(raw: readonly string[]): string[] {
  return raw.filter((_text, index) => !HOP_BY_HOP.has(raw[index - (index % 2)]!.toLowerCase()));
}
