import { Agent, type ClientRequest, type IncomingMessage, request, type ServerResponse } from "node:http";
import { SECOND } from "../../shared/domain/instant.ts";

/** Of one connection alone (RFC 9110, 7.6.1). Transfer-Encoding stays: Node reads it, and frames what it sends by it. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"]);

/** workerd closes a connection on which nothing was asked for 5 s: one that it may be closing is not asked on. */
const agent = new Agent({ keepAlive: true, scheduling: "lifo", timeout: 2 * SECOND });

/** May be asked twice (RFC 9110, 9.2.2): that the connection broke does not say that nothing was done. */
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

export interface WholeServer {
  readonly host: string;
  readonly port: number;
  /** Called when the answer has begun, and where there will be none. */
  answered(): void;
  /** There is no answer, and somebody who waits for one. */
  failed(error: Error): void;
}

/** Hands a request on as it came, and its answer back as it is: names of headers, bodies and their encodings are not looked at. */
export function handOn(incoming: IncomingMessage, outgoing: ServerResponse, whole: WholeServer): void {
  incoming.pipe(ask(incoming, outgoing, whole, isRepeatable(incoming)));
}

function ask(incoming: IncomingMessage, outgoing: ServerResponse, whole: WholeServer, is_repeatable: boolean): ClientRequest {
  const { method, url, rawHeaders } = incoming;
  const { host, port } = whole;
  const asked = request({ agent, host, port, method, path: url, headers: endToEnd(rawHeaders), setHost: false });
  const leave = () => void asked.destroy();
  asked.once("response", (answer) => {
    whole.answered();
    outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders));
    answer.pipe(outgoing);
    answer.once("error", () => outgoing.destroy());
  });
  asked.once("error", (error) => {
    outgoing.off("close", leave);
    if (outgoing.headersSent) return void outgoing.destroy();
    if (!outgoing.destroyed && is_repeatable && wasClosed(asked, error)) return void ask(incoming, outgoing, whole, false).end();
    whole.answered();
    if (!outgoing.destroyed) whole.failed(error);
  });
  outgoing.once("close", leave);
  return asked;
}

function isRepeatable({ method = "", headers }: IncomingMessage): boolean {
  return REPEATABLE.has(method) && headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0;
}

/** A connection that was kept may be closed in the moment in which it is asked on. */
function wasClosed({ reusedSocket }: ClientRequest, error: Error): boolean {
  return reusedSocket && "code" in error && error.code === "ECONNRESET";
}

/** Names and values in turn, as Node gives and takes them. */
function endToEnd(raw: readonly string[]): string[] {
  return raw.filter((_text, index) => !HOP_BY_HOP.has(raw[index - (index % 2)]!.toLowerCase()));
}
