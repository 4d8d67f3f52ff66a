/** The migrator's own table: a row a migration, by the moment of its making. */
const TABLE = "__drizzle_migrations";

type ReadRows = (sql: string) => Promise<readonly object[]>;

/** The moments (epoch ms) of the migrations that a database has had, by whichever way its rows are read; none of one that was never migrated. */
export async function readApplied(readRows: ReadRows): Promise<readonly number[]> {
  const table = await readRows(`SELECT 1 AS found FROM sqlite_master WHERE type = 'table' AND name = '${TABLE}'`);
  if (table.length === 0) return [];
  const rows = await readRows(`SELECT created_at FROM ${TABLE} ORDER BY created_at`);
  return rows.map((row) => Number((row as { created_at?: unknown }).created_at));
}
