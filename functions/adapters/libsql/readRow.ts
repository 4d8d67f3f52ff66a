import type { Row } from "@libsql/client/web";
import { AppError } from "../../../shared/errors.ts";

/** Typed reading of a row of a hand-written query. A column of another type is a bug in the query, and says so. */
export interface RowReader {
  text(column: string): string;
  textOrNull(column: string): string | null;
  integer(column: string): number;
  integerOrNull(column: string): number | null;
  facts(column: string): Readonly<Record<string, unknown>> | null;
}

export function readRow(row: Row | undefined): RowReader {
  if (!row) throw new AppError("internal", "A query that always gives a row gave none");
  const pick = <Type extends "string" | "number">(column: string, type: Type) => {
    const value = row[column];
    if (typeof value === type) return value as Type extends "string" ? string : number;
    throw new AppError("internal", `Column ${column}: expected a ${type}, was ${value === null ? "null" : typeof value}`);
  };
  return {
    text: (column) => pick(column, "string"),
    textOrNull: (column) => (row[column] === null ? null : pick(column, "string")),
    integer: (column) => pick(column, "number"),
    integerOrNull: (column) => (row[column] === null ? null : pick(column, "number")),
    facts: (column) => readJson(row[column]),
  };
}

/** A JSON object that this code has written before. */
export function readJson(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "string" ? (JSON.parse(value) as Record<string, unknown>) : null;
}
