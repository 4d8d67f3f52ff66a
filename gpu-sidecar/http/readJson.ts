import type { Context } from "hono";
import { AppError } from "../../shared/errors.ts";

/** A training spec of 1,000 features, 50 seeds and 50 folds has about 40 KiB. */
const MAX_JSON_BYTES = 1024 * 1024;

/** The body as JSON, not yet trusted. Reads no more than the limit, whatever Content-Length says. */
export async function readJson(c: Context, limit_bytes = MAX_JSON_BYTES): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limit_bytes) {
      throw new AppError("body_too_large", `the body may have ${limit_bytes} bytes at most`, {
        status: 413,
        details: { limit_bytes },
      });
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (error) {
    throw new AppError("bad_json", `the body is not JSON: ${(error as Error).message}`, { status: 400, cause: error });
  }
}
