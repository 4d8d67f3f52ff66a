import { readPlainTime } from "../../../shared/domain/plainText.ts";
import type { CsvColumns } from "./csvColumns.ts";

const LINE_END = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;
const LAST_PRINTABLE = 126;
/** What stands in JSON behind a field, and behind a row. */
const FIELD_END = codesOf('"');
const ROW_END = codesOf("}\n");
const ROW_START = codesOf('{"time":"');

/**
 * Reads the plain rows of a CSV file: printable ASCII without spaces, quotes and backslashes, as many fields as the header has, and a time
 * that says its zone. Such a row becomes the JSON that its record would, without the record: its fields between their keys.
 */
export class PlainRows {
  readonly #delimiter: number;
  /** What stands before each column's text; null for a column that is not sent by itself. */
  readonly #keys: readonly (Uint8Array | null)[];
  readonly #time: number;
  /** Columns in which a row says what it is; -1 for none. */
  readonly instrument: number;
  readonly granularity: number;
  /** Characters that a row grows by, at most. */
  readonly overhead: number;
  /** Where the fields of the row that was read last begin; behind the last one, where another would. */
  readonly #fields: Int32Array;

  private constructor(delimiter: number, time: number, names: CsvColumns["names"]) {
    this.#delimiter = delimiter;
    this.#time = time;
    this.#keys = names.map((name) => (name === null ? null : codesOf(`,${JSON.stringify(name)}:"`)));
    this.instrument = names.indexOf("instrument");
    this.granularity = names.indexOf("granularity");
    this.overhead = this.#keys.reduce((sum, key) => sum + (key === null ? 0 : key.length + 1), ROW_START.length + 1 + ROW_END.length);
    this.#fields = new Int32Array(names.length + 1);
  }

  /**
   * Null for a file whose records cannot be written so: they put keys that are numbers first, and keep the last of two that are the same. A
   * header beyond ASCII would take more bytes than it has characters.
   */
  static of(delimiter: string, { names, time }: CsvColumns): PlainRows | null {
    const sent = names.filter((name) => name !== null);
    const is_ordered = new Set([...sent, "time", "given_time", "__proto__"]).size === sent.length + 3;
    if (!is_ordered || time.length !== 1 || sent.some((name) => /^\d+$|[^ -~]/.test(name))) return null;
    return new PlainRows(delimiter.charCodeAt(0), time[0]!, names);
  }

  /** Finds the fields of the row that begins at `from`. Returns where it ends, before its line end; -1 for a row that is not plain. */
  find(text: string, from: number): number {
    const fields = this.#fields;
    let column = 0;
    fields[0] = from;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const is_end = code === LINE_END || (code === RETURN && text.charCodeAt(at + 1) === LINE_END);
      if (is_end || code === this.#delimiter) {
        column += 1;
        if (column > this.#keys.length) return -1;
        fields[column] = at + 1;
        if (is_end) return column === this.#keys.length ? at : -1;
      } else if (code <= SPACE || code > LAST_PRINTABLE || code === QUOTE || code === BACKSLASH) return -1;
    }
    return -1;
  }

  /** The start that the found row says; NaN where its time is not plain. */
  startOf(text: string): number {
    return readPlainTime(text, this.#fields[this.#time]!, this.#fields[this.#time + 1]! - 1);
  }

  /** A field of the found row. */
  field(text: string, column: number): string | undefined {
    return column < 0 ? undefined : text.slice(this.#fields[column], this.#fields[column + 1]! - 1);
  }

  isField(text: string, column: number, value: string | undefined): boolean {
    if (column < 0 || value === undefined) return column < 0;
    const from = this.#fields[column]!;
    return this.#fields[column + 1]! - 1 - from === value.length && text.startsWith(value, from);
  }

  /** Writes the found row as JSON, with a line end. Returns where that ends. */
  write(text: string, into: Uint8Array, at: number): number {
    let end = this.#copy(text, this.#time, into, put(ROW_START, into, at));
    for (let column = 0; column < this.#keys.length; column++) {
      const key = this.#keys[column]!;
      if (key !== null) end = this.#copy(text, column, into, put(key, into, end));
    }
    return put(ROW_END, into, end);
  }

  #copy(text: string, column: number, into: Uint8Array, at: number): number {
    let end = at;
    const to = this.#fields[column + 1]! - 1;
    for (let from = this.#fields[column]!; from < to; from++) into[end++] = text.charCodeAt(from);
    return put(FIELD_END, into, end);
  }
}

function put(codes: Uint8Array, into: Uint8Array, at: number): number {
  for (let i = 0; i < codes.length; i++) into[at + i] = codes[i]!;
  return at + codes.length;
}

function codesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
