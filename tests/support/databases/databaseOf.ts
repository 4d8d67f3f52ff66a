import { createDatabase, type Database } from "../../../functions/adapters/libsql/database.ts";
import { readRunFile } from "../../../functions/local/stack/runFile.ts";

/** The libSQL of the stack that runs on the store, with the token of its run. */
export function databaseOf(store: string): Database {
  const run = readRunFile(store);
  if (!run) throw new Error(`nobody runs ${store}`);
  return createDatabase(`http://127.0.0.1:${run.ports["sqld"]}`, run.tokens["sqld"]);
}
