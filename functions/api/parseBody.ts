import type { z } from "zod";
import { describeIssue } from "../../shared/contracts/describeIssue.ts";
import { AppError } from "../../shared/errors.ts";

/**
 * Reads a JSON body of at most `max_bytes` and checks it. 413 when it is larger (without reading the rest), 400 when it
 * is not JSON, 422 with the field named when it has the wrong shape. The content type does not matter.
 */
export async function parseBody<Schema extends z.ZodType>(request: Request, schema: Schema, max_bytes: number): Promise<z.output<Schema>> {
  return check(schema, parseJson(await readText(request, max_bytes)));
}

/** As parseBody, of a route whose body may be left out: then it is an empty object. */
export async function parseOptionalBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  max_bytes: number,
): Promise<z.output<Schema>> {
  const text = await readText(request, max_bytes);
  return check(schema, text === "" ? {} : parseJson(text));
}

/** Checks query parameters or any other parsed value, with the field named in the 422. */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { error: describeIssue });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknown_keys = issue?.code === "unrecognized_keys" ? issue.keys : [];
  const field = [...(issue?.path ?? []), ...unknown_keys.slice(0, 1)].join(".") || "body";
  const message = unknown_keys.length > 0 ? "is not a field of this request" : (issue?.message ?? "is not valid");
  throw new AppError("invalid_request", `${field}: ${message}.`, { status: 422, details: { field } });
}

/** The body as text, or 413 once it is longer than allowed. */
export async function readText(request: Request, max_bytes: number): Promise<string> {
  const declared = request.headers.get("content-length");
  if (Number(declared) > max_bytes) throw tooLarge(max_bytes);
  // HTTP servers end a body at its declared length. Reading it whole takes a third of the time that a stream does.
  if (declared !== null) return requireLength(await request.text(), max_bytes);
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > max_bytes) throw tooLarge(max_bytes);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(join(chunks, length));
}

/** A text has at most as many characters as bytes, so this refuses nothing that is allowed. */
function requireLength(text: string, max_bytes: number): string {
  if (text.length > max_bytes) throw tooLarge(max_bytes);
  return text;
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError(
      "bad_json",
      text === "" ? "body: is empty; send a JSON object." : `body: is not JSON (${(cause as Error).message}).`,
      {
        status: 400,
        cause,
        details: { field: "body" },
      },
    );
  }
}

function tooLarge(max_bytes: number): AppError {
  return new AppError("body_too_large", `body: is larger than ${max_bytes} bytes.`, { status: 413, details: { field: "body", max_bytes } });
}
