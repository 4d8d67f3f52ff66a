import { getTableColumns } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";

/** The names of a table's columns, in the order of its schema, but for those that the statement fills in itself. */
export function columnsOf(table: SQLiteTable, but: readonly string[]): readonly string[] {
  return Object.values(getTableColumns(table))
    .map((column) => column.name)
    .filter((name) => !but.includes(name));
}

/** Those of its columns that hold JSON. */
export function jsonColumnsOf(table: SQLiteTable): ReadonlySet<string> {
  const columns = Object.values(getTableColumns(table)).filter((column) => column.dataType === "json");
  return new Set(columns.map((column) => column.name));
}
