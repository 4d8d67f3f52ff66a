import { expect, it } from "vitest";
import type { Database } from "../../../../functions/adapters/libsql/database.ts";
import { openMemoryDatabase, openMigratedDatabase } from "../../../support/databases/memoryDatabase.ts";

async function contentOf({ $client }: Database) {
  const schema = await $client.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name");
  const tables = schema.rows.filter(({ type }) => type === "table").map(({ name }) => String(name));
  const rows = await Promise.all(tables.map(async (name) => (await $client.execute(`SELECT * FROM "${name}"`)).rows.map(Object.values)));
  $client.close();
  return { schema: schema.rows.map(Object.values), rows: Object.fromEntries(tables.map((name, i) => [name, rows[i]])) };
}

it("a database of the tests is what the migrations make, in its schema and its rows", async () => {
  const migrated = await contentOf(await openMigratedDatabase());
  expect(migrated.rows["__drizzle_migrations"]?.length).toBeGreaterThan(10);
  expect(await contentOf(await openMemoryDatabase())).toEqual(migrated);
});
