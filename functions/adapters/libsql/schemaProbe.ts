import type { SchemaProbe } from "../../../shared/ports/schemaProbe.ts";
import { type Database, withStore } from "./database.ts";
import { readApplied } from "./readApplied.ts";

export function createSchemaProbe({ $client }: Pick<Database, "$client">): SchemaProbe {
  return { applied: () => withStore(() => readApplied(async (sql) => (await $client.execute(sql)).rows)) };
}
