import { type CandleLine, toCandleLine, toRefusedLine } from "./candleLine.ts";
import type { CsvColumns } from "./csvColumns.ts";
import { PlainRows } from "./plainRows.ts";
import type { TextLine } from "./splitLines.ts";
import { splitRow } from "./splitRow.ts";
import type { TimeReader } from "./timeReader.ts";

export type DecimalMark = "." | ",";

/** How the rows of one file are read. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly columns: CsvColumns;
  readonly mark: DecimalMark;
  /** Reads most rows without an object of each; null: none can be read so. */
  readonly plain: PlainRows | null;
}

export function toDialect(delimiter: string, columns: CsvColumns, mark: DecimalMark): CsvDialect {
  return { delimiter, columns, mark, plain: mark === "." ? PlainRows.of(delimiter, columns) : null };
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
  const record: Record<string, unknown> = { time: read.time };
  for (const [i, name] of names.entries()) if (name !== null) record[name] = numbers[i];
  if (read.given !== null) record["given_time"] = read.given;
  return toCandleLine({ line, text, json: JSON.stringify(record), record });
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
