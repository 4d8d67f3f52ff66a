import { AppError } from "../../errors.ts";

/** The value of a JSON text; 400 for one that is none. */
export function parseJsonBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = text === "" ? "is empty; send a JSON object." : `is not JSON (${(cause as Error).message}).`;
    throw new AppError("bad_json", `body: ${problem}`, { status: 400, cause, details: { field: "body" } });
  }
}

export function bodyTooLarge(max_bytes: number): AppError {
  return new AppError("body_too_large", `body: is larger than ${max_bytes} bytes.`, { status: 413, details: { field: "body", max_bytes } });
}
