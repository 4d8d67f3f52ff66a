import { dirname } from "node:path";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { onOneLine } from "../../shared/domain/onOneLine.ts";
import { AppError, toAppError } from "../../shared/errors.ts";

/** Disk errors that someone must mend, as opposed to a fault of this program. */
const DISK_ERRORS = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EIO"]);

/** An error as the caller is told of it; what is not the caller's fault is noted in the log. */
export function translateError(thrown: unknown, { req }: Context, log: (line: string) => void): AppError {
  const error = translate(thrown);
  if (error.status >= 500) log(onOneLine(`${req.method} ${req.path}: ${error.code}: ${error.message}`));
  return error;
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
