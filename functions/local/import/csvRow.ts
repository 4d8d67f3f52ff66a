import { type CandleLine, toCandleLine, toRefusedLine } from "./candleLine.ts";
import type { CsvColumns } from "./csvColumns.ts";
import type { TextLine } from "./splitLines.ts";
import { splitRow } from "./splitRow.ts";
import type { ReadTime, TimeReader } from "./timeReader.ts";

export type DecimalMark = "." | ",";

/** How the rows of one file are read. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly columns: CsvColumns;
  readonly mark: DecimalMark;
  /** What stands before each column's text in the JSON of a row; null for one that is not sent. */
  readonly keys: readonly (string | null)[];
  /** A row with none of these, whose keys keep their order in a record, can be written as JSON by putting its fields between the keys. */
  readonly escaped: RegExp | null;
}

/** JSON escapes these; a tab may stand in a field where it is not between fields. */
const ESCAPED = /["\\\p{Cc}]/u;
const ESCAPED_BUT_TAB = /["\\]|(?!\t)\p{Cc}/u;

export function toDialect(delimiter: string, columns: CsvColumns, mark: DecimalMark): CsvDialect {
  const keys = columns.names.map((name) => (name === null ? null : `,${JSON.stringify(name)}:"`));
  const names = columns.names.filter((name) => name !== null);
  // A record puts keys that are numbers first, and keeps the last of two that are the same.
  const is_ordered =
    new Set([...names, "time", "given_time", "__proto__"]).size === names.length + 3 && names.every((name) => !/^\d+$/.test(name));
  return { delimiter, columns, mark, keys, escaped: is_ordered ? (delimiter === "\t" ? ESCAPED_BUT_TAB : ESCAPED) : null };
}

const COMMA_NUMBER = /^[+-]?\d+,\d+$/;

/** The candle of a row, or the row as it stands with the reason why there is none. A row is never shifted, cut or filled up to fit. */
export function readRow({ line, text, is_open }: TextLine, dialect: CsvDialect, times: TimeReader): CandleLine {
  const fields = splitRow(text, dialect.delimiter);
  if (fields === null)
    return toRefusedLine(line, text, is_open ? "cut_off" : "wrong_shape", "the row: a quote is not closed, or stands inside a field");
  const { names } = dialect.columns;
  if (fields.length !== names.length) return refuseCount({ line, text, is_open }, fields.length, names.length);
  const read = times.read(dialect.columns.time.map((column) => fields[column]).join(" "), line);
  if ("reason" in read) return toRefusedLine(line, text, read.reason, read.detail);
  const numbers = dialect.mark === "," ? withPoints(fields, dialect.columns) : fields;
  if (typeof numbers === "string") return toRefusedLine(line, text, "wrong_shape", numbers);
  if (dialect.escaped === null || dialect.escaped.test(text)) return toCandleLine({ line, text, ...recordOf(numbers, names, read) });
  const field = (name: string) => numbers[names.indexOf(name)];
  const record = { time: read.time, instrument: field("instrument"), granularity: field("granularity") };
  return toCandleLine({ line, text, json: jsonOf(numbers, dialect.keys, read), record });
}

function recordOf(fields: readonly string[], names: CsvColumns["names"], { time, given }: ReadTime) {
  const record: Record<string, unknown> = { time };
  for (const [i, name] of names.entries()) if (name !== null) record[name] = fields[i];
  if (given !== null) record["given_time"] = given;
  return { json: JSON.stringify(record), record };
}

/** What JSON.stringify makes of the record of such a row. */
function jsonOf(fields: readonly string[], keys: CsvDialect["keys"], { time, given }: ReadTime): string {
  let json = `{"time":"${time}"`;
  for (let i = 0; i < keys.length; i++) if (keys[i] !== null) json += `${keys[i]}${fields[i]}"`;
  return given === null ? `${json}}` : `${json},"given_time":"${given}"}`;
}

function refuseCount({ line, text, is_open }: TextLine, found: number, expected: number): CandleLine {
  const count = `fields: ${found}, where the header has ${expected}`;
  if (is_open && found < expected) return toRefusedLine(line, text, "cut_off", `${count}, and the file ends in the middle of the row`);
  return toRefusedLine(line, text, "wrong_field_count", count);
}

/** The fields with decimal points; a sentence when one has a point where the file's decimal mark is the comma. */
function withPoints(fields: readonly string[], { numbers, names }: CsvColumns): readonly string[] | string {
  const changed = [...fields];
  for (const column of numbers) {
    const field = fields[column]!;
    if (field.includes(".")) return `${names[column]}: "${field}" has a point, where the decimal mark of the file is the comma`;
    if (COMMA_NUMBER.test(field)) changed[column] = field.replace(",", ".");
  }
  return changed;
}

/** The decimal mark of the first number that has one. */
export function findDecimalMark(rows: readonly TextLine[], delimiter: string, { numbers }: CsvColumns): DecimalMark {
  for (const { text } of rows) {
    const fields = splitRow(text, delimiter) ?? [];
    const marked = numbers.map((column) => fields[column] ?? "").find((field) => COMMA_NUMBER.test(field) || /^\d*\.\d+$/.test(field));
    if (marked !== undefined) return marked.includes(",") ? "," : ".";
  }
  return ".";
}
