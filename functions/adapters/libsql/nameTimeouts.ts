import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";

/** Enough of a statement to know it by. */
const MAX_CHARACTERS = 80;

/** Runs a call. One whose time is up says so, after how long, and what was asked: its first statement, without its values. */
export async function nameTimeouts<Result>(sqls: readonly string[], limit_ms: number, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!isTimeout(error)) throw error;
    const others = sqls.length > 1 ? `, and ${sqls.length - 1} more` : "";
    const message = `The database did not answer: its time is up, ${limit_ms / SECOND} s for ${beginningOf(sqls[0] ?? "nothing")}${others}`;
    throw new AppError("store_unavailable", message, { status: 503, retryable: true, cause: error });
  }
}

function beginningOf(sql: string): string {
  const text = sql.trim().replace(/\s+/g, " ");
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === "TimeoutError" || isTimeout(error.cause));
}
