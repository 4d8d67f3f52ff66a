import { join } from "node:path";
import { type Client, createClient } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";
import type { Database } from "../../../functions/adapters/libsql/database.ts";

/** The real schema in SQLite in memory: the same SQL as sqld's, without a process. */
export async function openMemoryDatabase(): Promise<Database> {
  template ??= readTemplate();
  const database = openEmpty();
  await database.$client.executeMultiple(await template);
  return database;
}

/** By all migrations, one after the other: ten times what its copies take, of which the tests open thousands. */
export async function openMigratedDatabase(): Promise<Database> {
  const database = openEmpty();
  await migrate(database, { migrationsFolder: join(import.meta.dirname, "../../../migrations") });
  return database;
}

/** SQL that makes what the migrations have made. */
let template: Promise<string> | undefined;

function openEmpty(): Database {
  return drizzle(createClient({ url: ":memory:", intMode: "number" }));
}

async function readTemplate(): Promise<string> {
  const { $client } = await openMigratedDatabase();
  try {
    const { rows } = await $client.execute(
      "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    );
    const made = (isMeant: (type: unknown) => boolean) => rows.filter(({ type }) => isMeant(type)).map(({ sql }) => `${sql};`);
    const tables = rows.filter(({ type }) => type === "table").map(({ name }) => String(name));
    const content: string[] = [];
    for (const name of tables) content.push(...(await rowsOf($client, name)));
    // Rows of AUTOINCREMENT tables have put theirs there; what the migrations left counts.
    const sequence = ["DELETE FROM sqlite_sequence;", ...(await rowsOf($client, "sqlite_sequence"))];
    // Triggers last: what they do to rows is in the rows.
    const all = [...made((type) => type !== "trigger"), ...content, ...sequence, ...made((type) => type === "trigger")];
    return `BEGIN;\n${all.join("\n")}\nCOMMIT;`;
  } finally {
    $client.close();
  }
}

async function rowsOf(client: Client, table: string): Promise<string[]> {
  const { rows: columns } = await client.execute({ sql: "SELECT name FROM pragma_table_info(?)", args: [table] });
  const names = columns.map(({ name }) => `"${String(name)}"`);
  const quoted = names.map((name) => `quote(${name})`).join(" || ', ' || ");
  const { rows } = await client.execute(`SELECT ${quoted} AS literals FROM "${table}"`);
  return rows.map(({ literals }) => `INSERT INTO "${table}" (${names.join(", ")}) VALUES (${String(literals)});`);
}
