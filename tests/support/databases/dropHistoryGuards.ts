import type { Database } from "../../../functions/adapters/libsql/database.ts";

/** Lets a test empty the history of models between its cases, which a store never does. */
export async function dropHistoryGuards({ $client }: Database): Promise<void> {
  for (const table of ["model_transitions", "model_alias_changes"]) await $client.execute(`DROP TRIGGER ${table}_are_kept`);
}
