import type { CandleLine } from "./candleLine.ts";
import type { CsvColumns } from "./csvColumns.ts";
import type { TextLine } from "./splitLines.ts";
import type { TimeReader } from "./timeReader.ts";

/**
 * Reads the plain rows of a CSV file: printable ASCII without spaces, quotes and backslashes, as many fields as the header has, and a time
 * that says its zone. Such a row becomes the JSON that its record would, without the record: its fields between their keys.
 */
export class PlainRows {
  readonly #delimiter: number;
  /** What stands before each column's text; null for a column that is not sent by itself. */
  readonly #keys: readonly (string | null)[];
  readonly #time: number;
  readonly #instrument: number;
  readonly #granularity: number;

  private constructor(delimiter: number, time: number, names: CsvColumns["names"]) {
    this.#delimiter = delimiter;
    this.#time = time;
    this.#keys = names.map((name) => (name === null ? null : `,${JSON.stringify(name)}:"`));
    this.#instrument = names.indexOf("instrument");
    this.#granularity = names.indexOf("granularity");
  }

  /** Null for a file whose records cannot be written so: they put keys that are numbers first, and keep the last of two that are the same. */
  static of(delimiter: string, { names, time }: CsvColumns): PlainRows | null {
    const sent = names.filter((name) => name !== null);
    const is_ordered = new Set([...sent, "time", "given_time", "__proto__"]).size === sent.length + 3;
    if (!is_ordered || time.length !== 1 || sent.some((name) => /^\d+$/.test(name))) return null;
    return new PlainRows(delimiter.charCodeAt(0), time[0]!, names);
  }

  /** Null for a row that is not plain. */
  read({ line, text }: TextLine, times: TimeReader): CandleLine | null {
    let from = 0;
    let column = 0;
    let rest = "";
    let time = "";
    let instrument: string | undefined;
    let granularity: string | undefined;
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) : this.#delimiter;
      if (code !== this.#delimiter) {
        if (code <= 32 || code > 126 || code === 34 || code === 92) return null;
        continue;
      }
      const key = this.#keys[column];
      const field = text.slice(from, at);
      if (key === undefined) return null;
      if (key !== null) rest += `${key}${field}"`;
      if (column === this.#time) time = field;
      else if (column === this.#instrument) instrument = field;
      else if (column === this.#granularity) granularity = field;
      from = at + 1;
      column += 1;
    }
    const start = column === this.#keys.length ? times.plainStart(time) : Number.NaN;
    if (Number.isNaN(start)) return null;
    return { line, text, json: `{"time":"${time}"${rest}}`, instrument, granularity, start, refusal: null };
  }
}
