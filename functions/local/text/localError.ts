import { AppError } from "../../../shared/errors.ts";

/** Exit codes of the fx command: 0 done, 1 something failed, 2 the command line cannot be understood. */
export const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** A command line that cannot be understood. `command` is whose help the reader is pointed to. */
export function usageError(message: string, command: string | null = null): AppError {
  const help = command === null ? "fx help" : `fx help ${command}`;
  return new AppError("invalid_request", `${message} See: ${help}`, { details: { exit_code: EXIT_USAGE } });
}

/** A part of the stack that ended, or never came up. */
export function partError(message: string, log_tail: string, cause?: unknown): AppError {
  const text = log_tail === "" ? message : `${message}\n${log_tail}`;
  return new AppError("process_failed", text, cause === undefined ? {} : { cause });
}

export function exitCodeOf(error: AppError): number {
  return error.details["exit_code"] === EXIT_USAGE ? EXIT_USAGE : EXIT_FAILED;
}
