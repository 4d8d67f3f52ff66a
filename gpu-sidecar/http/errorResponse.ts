import { dirname } from "node:path";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError, toAppError } from "../../shared/errors.ts";

/** Disk errors that someone must mend, as opposed to a fault of this program. */
const DISK_ERRORS = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EIO"]);

/** `{error: {code, message, details}}`, the one shape of every error. */
export function errorResponse(c: Context, thrown: unknown, log: (line: string) => void): Response {
  const error = translate(thrown);
  if (error.status >= 500) log(`${c.req.method} ${c.req.path}: ${error.code}: ${error.message}`);
  if (error.retry_after_ms !== null) c.header("Retry-After", String(Math.ceil(error.retry_after_ms / 1000)));
  if (typeof error.details["allow"] === "string") c.header("Allow", error.details["allow"]);
  if (error.status === 401) c.header("WWW-Authenticate", "Bearer");
  const { code, message, details } = error;
  return c.json({ error: { code, message, details } }, error.status as ContentfulStatusCode);
}

function translate(thrown: unknown): AppError {
  if (thrown instanceof HTTPException) return new AppError("invalid_request", thrown.message, { status: thrown.status });
  const code = (thrown as NodeJS.ErrnoException | null)?.code;
  if (!(thrown instanceof AppError) && code !== undefined && DISK_ERRORS.has(code)) {
    const { path } = thrown as NodeJS.ErrnoException;
    const where = path === undefined ? "the sidecar's data folder (SIDECAR_DATA)" : dirname(path);
    const remedy = code === "ENOSPC" || code === "EDQUOT" ? "free space there (df -h)" : "make it writable";
    const message = `${where} cannot be written: ${(thrown as Error).message}: ${remedy}, and ask again`;
    return new AppError("store_unavailable", message, { status: 503, retryable: true, cause: thrown });
  }
  return toAppError(thrown);
}
