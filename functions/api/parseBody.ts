import type { z } from "zod";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";
import { bodyTooLarge, parseJsonBody, readBytes as readSome, readText as readSomeText } from "../../shared/contracts/route/readBody.ts";
import { remembering } from "../serving/remembering.ts";

/**
 * Reads a JSON body of at most `max_bytes` and checks it. 413 when it is larger (without reading the rest), 400 when it
 * is not JSON, 422 with the field named when it has the wrong shape. The content type does not matter.
 */
export async function parseBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  max_bytes: number,
  parse?: (text: string) => unknown,
): Promise<z.output<Schema>> {
  return checkValue(schema, parseJsonBody(await readText(request, max_bytes), parse));
}

/** Longer ones are read anew each time: what is kept must stay small. */
const MAX_KEPT_LENGTH = 512;

/** parseBody for small bodies that thousands of requests send alike: a text that was read is not read again. */
export function createBodyReader<Schema extends z.ZodType>(
  schema: Schema,
  max_bytes: number,
): (request: Request) => Promise<Readonly<z.output<Schema>>> {
  const parse = (text: string) => checkValue(schema, parseJsonBody(text)) as z.output<Schema>;
  const parseOnce = remembering(parse);
  return async (request) => {
    const text = await readText(request, max_bytes);
    return text.length > MAX_KEPT_LENGTH ? parse(text) : parseOnce(text);
  };
}

/** The body, or 413 once it is longer than allowed, without reading the rest. */
export async function readBytes(request: Request, max_bytes: number): Promise<Uint8Array> {
  return (await readSome(request, max_bytes)) ?? (await refuse(request, max_bytes));
}

async function readText(request: Request, max_bytes: number): Promise<string> {
  return (await readSomeText(request, max_bytes)) ?? (await refuse(request, max_bytes));
}

/**
 * A body that says its length is left to the server, which ends it behind the answer. To cancel it, while its client still sends, may end the
 * connection before the answer is through: wrangler's proxy then answers with a text of its own.
 */
async function refuse({ body, headers }: Request, max_bytes: number): Promise<never> {
  if (body && !body.locked && headers.get("content-length") === null) await body.cancel();
  throw bodyTooLarge(max_bytes);
}
