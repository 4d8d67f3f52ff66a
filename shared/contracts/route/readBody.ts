import { AppError } from "../../errors.ts";

/** The value of a JSON text; 400 for one that is none. `parse` throws for such. */
export function parseJsonBody(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
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
