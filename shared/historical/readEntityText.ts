import { jsonProblem } from "../contracts/route/jsonProblem.ts";
import { counted } from "../domain/counted.ts";
import type { RequestField } from "../features/onDemand/onDemandFeature.ts";
import { createEntityRows, ENTITY_COLUMNS, type EntityRows, readMoment } from "./entityRows.ts";
import { invalidField } from "./invalidField.ts";

/** Columns by name, as Feast's clients send them: {"instrument": ["USD_SGD"], "event_timestamp": ["2025-06-27T12:00:00Z"]}. */
export function readEntityColumns(
  columns: Readonly<Record<string, readonly unknown[]>>,
  max_rows: number,
  fields: readonly RequestField[] = [],
): EntityRows {
  requireColumns(Object.keys(columns), (name) => `entities.${name}`, fields);
  const instruments = columns["instrument"]!;
  const ragged = Object.keys(columns).find((name) => columns[name]!.length !== instruments.length);
  if (ragged !== undefined) {
    const problem = `has ${counted(columns[ragged]!.length, "value")}, and entities.instrument has ${instruments.length}; a row needs one of each`;
    throw invalidField(`entities.${ragged}`, problem);
  }
  const rows = createEntityRows(max_rows, readMoment, fields);
  const [times, given] = [columns["event_timestamp"]!, fields.map(({ name }) => columns[name]!)];
  for (const [index, name] of instruments.entries()) {
    const values = given.map((column) => column[index]);
    rows.add(name, times[index], (column) => `entities.${column}[${index}]`, values);
  }
  return rows.rows();
}

/** An object a line. */
export function readEntityNdjson(text: string, max_rows: number, fields: readonly RequestField[] = []): EntityRows {
  const rows = createEntityRows(max_rows, readMoment, fields);
  for (const { line, number } of linesOf(text)) {
    const row = objectOf(line, number);
    requireColumns(Object.keys(row), (name) => `line ${number}: ${name}`, fields);
    const values = fields.map(({ name }) => row[name]);
    rows.add(row["instrument"], row["event_timestamp"], (column) => `line ${number}: ${column}`, values);
  }
  return rows.rows();
}

/** A header with the names of the columns, in any order, and a row a line. No column ever holds a comma. */
export function readEntityCsv(text: string, max_rows: number, fields: readonly RequestField[] = []): EntityRows {
  const rows = createEntityRows(max_rows, readMoment, fields);
  let names: readonly string[] | null = null;
  for (const { line, number } of linesOf(text)) {
    const cells = line.split(",").map(unquoted);
    if (names === null) {
      names = cells;
      requireColumns(names, (name) => `column "${name}"`, fields);
      continue;
    }
    if (cells.length !== names.length) {
      throw invalidField(`line ${number}`, `has ${counted(cells.length, "value")} where the header has ${counted(names.length, "name")}`);
    }
    const cell = (name: string) => cells[names!.indexOf(name)]!;
    const values = fields.map(({ name }) => numberOfCell(cell(name)));
    rows.add(cell("instrument"), cell("event_timestamp"), (column) => `line ${number}: ${column}`, values);
  }
  if (names === null) throw invalidField("entities", `is empty; send a header with ${ENTITY_COLUMNS.join(",")} and a row a line`);
  return rows.rows();
}

/** Both columns, those of the fields and no other. Throws 422 with the name of the first that is not as it should be. */
export function requireColumns(names: readonly string[], fieldOf: (name: string) => string, fields: readonly RequestField[]): void {
  const wanted: readonly string[] = [...ENTITY_COLUMNS, ...fields.map(({ name }) => name)];
  const expected = `a row has ${wanted.join(" and ")}`;
  for (const name of wanted) if (!names.includes(name)) throw invalidField(fieldOf(name), `is missing; ${expected}`);
  const other = names.find((name, index) => !wanted.includes(name) || names.indexOf(name) !== index);
  if (other === undefined) return;
  const twice = wanted.includes(other);
  throw invalidField(fieldOf(other), twice ? "is there twice" : `is no column of an entity row; ${expected}. Rows come back in your order`);
}

/** A number, null for nothing, and the text itself where it is neither. */
function numberOfCell(cell: string): unknown {
  if (cell === "") return null;
  const number = Number(cell);
  return Number.isFinite(number) ? number : cell;
}

function* linesOf(text: string): Generator<{ readonly line: string; readonly number: number }> {
  const from_first = text.startsWith("\uFEFF") ? text.slice(1) : text;
  for (const [index, raw] of from_first.split("\n").entries()) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (line.trim() !== "") yield { line, number: index + 1 };
  }
}

function objectOf(line: string, number: number): Readonly<Record<string, unknown>> {
  const unclear = jsonProblem(line);
  if (unclear !== null) throw invalidField(`line ${number}`, unclear);
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
