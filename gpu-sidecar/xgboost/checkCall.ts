import { AppError } from "../../shared/errors.ts";
import type { CApi } from "./cApi.ts";

/** The readable part of an XGBoost error: no C++ stack trace, no "[12:00:00] /src/file.cc:1: " in front. */
export function readableError(text: string): string {
  const head = text.split("Stack trace:")[0] ?? text;
  return head
    .replace(/^\[\d\d:\d\d:\d\d\] \S+:\d+: /, "")
    .trim()
    .replace(/\s+/g, " ");
}

/** Turns a non-zero return code into an AppError with the library's own words. */
export function checkCall(api: CApi, returned: number): void {
  if (returned === 0) return;
  throw new AppError("training_failed", `XGBoost refused: ${readableError(api.XGBGetLastError())}`, { retryable: false });
}

/** The handle that a successful call wrote; a null after a success would be a broken library. */
export function requireHandle(handle: bigint | null): bigint {
  if (handle === null) throw new AppError("training_failed", "XGBoost reported success but returned no handle");
  return handle;
}
