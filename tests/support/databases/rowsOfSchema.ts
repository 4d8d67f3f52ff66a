import type { Client } from "@libsql/client";

const TABLES =
  "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '__drizzle_migrations' ORDER BY name";

/** Columns of text that hold JSON, of whichever table. */
const JSON_TEXTS: ReadonlySet<string> = new Set(
  "features conf cursor report error feature_names matched_terms details tags dag_run_conf labels entities topics".split(" "),
);

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** Every table of a database with its columns, whatever its schema. */
export async function readSchema(client: Client): Promise<ReadonlyMap<string, readonly Column[]>> {
  const tables = new Map<string, readonly Column[]>();
  for (const { name } of (await client.execute(TABLES)).rows) {
    const { rows } = await client.execute(`SELECT name, upper(type) AS type FROM pragma_table_info('${String(name)}')`);
    tables.set(
      String(name),
      rows.map((row) => ({ name: String(row["name"]), type: String(row["type"]) })),
    );
  }
  return tables;
}

/** Puts `count` rows into every table. A column has the same values in each, so that what refers to another row finds it. */
export async function fillTables(client: Client, count: number): Promise<void> {
  await client.execute("PRAGMA foreign_keys = OFF");
  for (const [table, columns] of await readSchema(client)) {
    const names = columns.map(({ name }) => `"${name}"`).join(", ");
    for (let row = 1; row <= count; row++) {
      const args = columns.map((column) => valueFor(column, row));
      await client.execute({ sql: `INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => "?").join(", ")})`, args });
    }
  }
}

function valueFor({ name, type }: Column, row: number): string | number | Uint8Array {
  if (type === "INTEGER") return row;
  if (type === "REAL") return row / 3;
  if (type === "BLOB") return new Uint8Array(new Float64Array([row / 7, Number.NaN]).buffer);
  return JSON_TEXTS.has(name) ? `{"row":${row}}` : `${name}-${row}`;
}

/** The rows of a table in some columns, as sorted texts. A whole number is what it is, whichever of its types a column has. */
export async function readRows(client: Client, table: string, columns: readonly string[]): Promise<string[]> {
  const quoted = columns
    .map((name) => `quote(CASE typeof("${name}") WHEN 'integer' THEN "${name}" + 0.0 ELSE "${name}" END)`)
    .join(" || ',' || ");
  const { rows } = await client.execute(`SELECT ${quoted} AS text FROM "${table}"`);
  return rows.map((row) => String(row["text"])).sort();
}
