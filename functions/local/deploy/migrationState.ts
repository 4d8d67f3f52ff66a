import { SECOND } from "../../../shared/domain/instant.ts";
import { compareSchema, newerSchema } from "../../../shared/domain/schemaVersion.ts";
import { AppError } from "../../../shared/errors.ts";
import { createDatabase } from "../../adapters/libsql/database.ts";
import { readApplied } from "../../adapters/libsql/readApplied.ts";
import { knownMigrations } from "../care/storeSchema.ts";

const ANSWER_WITHIN_MS = 20 * SECOND;

export interface MigrationState {
  /** What is still to be applied, by name and in order. */
  readonly pending: readonly string[];
  /** How many the code has. */
  readonly all: number;
  /** That the database is of a newer version, with what to do; null: it is not. */
  readonly newer: string | null;
}

/** How far the schema of a database is behind the migrations of this code. Reads alone. Throws one sentence where it cannot be known. */
export async function migrationState(root: string, url: string, auth_token: string): Promise<MigrationState> {
  const known = knownMigrations(root);
  const have = await applied(url, auth_token);
  const pending = compareSchema(known, have).missing.map(({ tag }) => tag);
  return { pending, all: known.length, newer: newerSchema(`The database at ${url}`, known, have, "deployment") };
}

async function applied(url: string, auth_token: string): Promise<readonly number[]> {
  try {
    const { $client } = createDatabase(url, auth_token, { limit_ms: ANSWER_WITHIN_MS });
    return await readApplied(async (sql) => (await $client.execute(sql)).rows);
  } catch (error) {
    throw databaseError(url, error);
  }
}

/** Why a database was not reached, and what to do. The client's own words are "fetch failed", and of a refusal the status alone. */
export function databaseError(url: string, error: unknown): AppError {
  const texts = textsOf(error);
  const status = /HTTP status (\d{3})/.exec(texts.join("\n"))?.[1];
  const problem =
    status === "401"
      ? "refuses the token (401): SQLD_AUTH_TOKEN is wrong, or no longer valid. Make another: turso db tokens create NAME"
      : status === "403"
        ? "lets the token read alone (403): make one that may write: turso db tokens create NAME"
        : status === undefined
          ? `was not reached: ${texts.at(-1)}. Look at SQLD_URL`
          : `answered ${status}: is SQLD_URL that of a libSQL database?`;
  return new AppError("store_unavailable", `The database at ${url} ${problem}.`, { cause: error });
}

function textsOf(error: unknown): string[] {
  const texts: string[] = [];
  for (let one: unknown = error; one instanceof Error; one = one.cause) texts.push(one.message);
  return texts.length === 0 ? [String(error)] : texts;
}
