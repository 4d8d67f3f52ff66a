import { createEntityRows, ENTITY_COLUMNS, type EntityColumn, type EntityRows } from "./entityRows.ts";
import { invalidField } from "./invalidField.ts";

/** Columns by name, as Feast's clients send them: {"instrument": ["USD_SGD"], "event_timestamp": ["2025-06-27T12:00:00Z"]}. */
export function readEntityColumns(columns: Readonly<Record<string, readonly unknown[]>>, max_rows: number): EntityRows {
  requireColumns(Object.keys(columns), (name) => `entities.${name}`);
  const [instruments, times] = [columns["instrument"]!, columns["event_timestamp"]!];
  if (instruments.length !== times.length) {
    const problem = `has ${times.length} values, and entities.instrument has ${instruments.length}; a row needs one of each`;
    throw invalidField("entities.event_timestamp", problem);
  }
  const rows = createEntityRows(max_rows);
  for (const [index, name] of instruments.entries()) rows.add(name, times[index], (column) => `entities.${column}[${index}]`);
  return rows.rows();
}

/** An object a line. */
export function readEntityNdjson(text: string, max_rows: number): EntityRows {
  const rows = createEntityRows(max_rows);
  for (const { line, number } of linesOf(text)) {
    const row = objectOf(line, number);
    requireColumns(Object.keys(row), (name) => `line ${number}: ${name}`);
    rows.add(row["instrument"], row["event_timestamp"], (column) => `line ${number}: ${column}`);
  }
  return rows.rows();
}

/** A header with the names of the columns, in any order, and a row a line. Neither column ever holds a comma. */
export function readEntityCsv(text: string, max_rows: number): EntityRows {
  const rows = createEntityRows(max_rows);
  let names: readonly string[] | null = null;
  for (const { line, number } of linesOf(text)) {
    const cells = line.split(",").map(unquoted);
    if (names === null) {
      names = cells;
      requireColumns(names, (name) => `column "${name}"`);
      continue;
    }
    if (cells.length !== names.length) {
      throw invalidField(`line ${number}`, `has ${cells.length} values where the header has ${names.length} names`);
    }
    rows.add(cells[names.indexOf("instrument")], cells[names.indexOf("event_timestamp")], (column) => `line ${number}: ${column}`);
  }
  if (names === null) throw invalidField("entities", `is empty; send a header with ${ENTITY_COLUMNS.join(",")} and a row a line`);
  return rows.rows();
}

/** Both columns and no other. Throws 422 with the name of the first that is not as it should be. */
export function requireColumns(names: readonly string[], fieldOf: (name: string) => string): void {
  for (const name of ENTITY_COLUMNS) if (!names.includes(name)) throw invalidField(fieldOf(name), `is missing; ${EXPECTED}`);
  const other = names.find((name, index) => !ENTITY_COLUMNS.includes(name as EntityColumn) || names.indexOf(name) !== index);
  if (other === undefined) return;
  const twice = ENTITY_COLUMNS.includes(other as EntityColumn);
  throw invalidField(fieldOf(other), twice ? "is there twice" : `is no column of an entity row; ${EXPECTED}. Rows come back in your order`);
}

const EXPECTED = `a row has ${ENTITY_COLUMNS.join(" and ")}`;

function* linesOf(text: string): Generator<{ readonly line: string; readonly number: number }> {
  const from_first = text.startsWith("\uFEFF") ? text.slice(1) : text;
  for (const [index, raw] of from_first.split("\n").entries()) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (line.trim() !== "") yield { line, number: index + 1 };
  }
}

function objectOf(line: string, number: number): Readonly<Record<string, unknown>> {
  try {
    const row: unknown = JSON.parse(line);
    if (typeof row === "object" && row !== null && !Array.isArray(row)) return row as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw invalidField(`line ${number}`, `is not JSON (${(cause as Error).message})`, cause);
  }
  throw invalidField(`line ${number}`, "is no JSON object");
}

function unquoted(cell: string): string {
  const text = cell.trim();
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
