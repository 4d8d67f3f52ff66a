import { AppError } from "../../errors.ts";
import { bodyInTime } from "./bodyInTime.ts";
import { jsonProblem } from "./jsonProblem.ts";

/** The value of a JSON text; 400 for one that is none, or that could be read in several ways. `parse` throws for what is no JSON. */
export function parseJsonBody(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  const unclear = jsonProblem(text);
  if (unclear !== null) throw new AppError("bad_json", `body: ${unclear}.`, { status: 400, details: { field: "body" } });
  try {
    return parse(text);
  } catch (cause) {
    const problem = text === "" ? "is empty; send a JSON object." : `is not JSON (${(cause as Error).message}).`;
    throw new AppError("bad_json", `body: ${problem}`, { status: 400, cause, details: { field: "body" } });
  }
}

export function bodyTooLarge(max_bytes: number): AppError {
  return new AppError("body_too_large", `body: is larger than ${max_bytes} bytes.`, { status: 413, details: { field: "body", max_bytes } });
}

/** The body as text, or null as soon as it is longer than that; 408 when it is late. */
export async function readText(request: Request, max_bytes: number): Promise<string | null> {
  const declared = request.headers.get("content-length");
  if (Number(declared) > max_bytes) return null;
  if (declared === null) {
    const bytes = await readBytes(request, max_bytes);
    return bytes && new TextDecoder().decode(bytes);
  }
  // HTTP servers end a body at its declared length. Reading it whole takes a third of the time that a stream does.
  const text = await bodyInTime(max_bytes, request.text());
  // A text has at most as many characters as bytes, so this refuses nothing that is allowed.
  return text.length > max_bytes ? null : text;
}

/** The body, or null as soon as it is longer than that, without reading the rest; 408 when it is late. */
export async function readBytes(request: Request, max_bytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length")) > max_bytes) return null;
  return request.body ? bodyInTime(max_bytes, collectBytes(request.body, max_bytes)) : new Uint8Array();
}

async function collectBytes(body: ReadableStream<Uint8Array>, max_bytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  const reader = body.getReader();
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return join(chunks, length);
    length += value.byteLength;
    if (length > max_bytes) {
      reader.releaseLock();
      return null;
    }
    chunks.push(value);
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/**
 * Reads what is refused to its end, if that comes within `at_most` bytes more: Node's server ends a connection half a second after an answer
 * to what it has not read, under whatever is asked on it next. False where more is to come.
 */
export async function discardBody({ body }: Request, at_most: number): Promise<boolean> {
  if (!body || body.locked) return body === null;
  const reader = body.getReader();
  // The limit itself, and as much again.
  for (let bytes = 0; bytes <= 2 * at_most; ) {
    const { done, value } = await reader.read();
    if (done) return true;
    bytes += value.byteLength;
  }
  return false;
}
