import type { CandlePart, CandleRun, RowColumns } from "./candleRun.ts";
import { type CsvDialect, readRow } from "./csvRow.ts";
import { type LineGroup, textOf, tooLong } from "./groupLines.ts";
import type { PlainRows } from "./plainRows.ts";
import { withoutReturn } from "./splitLines.ts";
import type { TimeReader } from "./timeReader.ts";

const LINE_END = 10;

/** How the rows of one file are read. */
export interface CsvReading {
  readonly dialect: CsvDialect;
  readonly times: TimeReader;
  readonly max_characters: number;
}

/** The rows of a group from `first_line` of the file on: plain ones as runs, each other one as a line. What was found is given before it throws. */
export function* csvPartsOf(group: LineGroup, first_line: number, reading: CsvReading): Generator<readonly CandlePart[]> {
  const parts = new GroupParts(group, reading);
  let failure: { readonly error: unknown } | null = null;
  try {
    parts.read(first_line);
  } catch (error) {
    failure = { error };
  }
  const found = parts.finish();
  if (found.length > 0) yield found;
  if (failure) throw failure.error;
}

class GroupParts {
  readonly #group: LineGroup;
  readonly #reading: CsvReading;
  readonly #parts: CandlePart[] = [];
  #columns: OpenColumns | null = null;

  constructor(group: LineGroup, reading: CsvReading) {
    this.#group = group;
    this.#reading = reading;
  }

  read(first_line: number): void {
    const { bytes, line: group_line } = this.#group;
    const { plain } = this.#reading.dialect;
    let line = group_line;
    for (let at = 0; at < bytes.byteLength; line++) {
      const found_end = plain && line >= first_line ? this.#columnsOf(plain).add(at, line, this.#reading) : -1;
      if (found_end < 0 && line >= first_line) this.#takeApart(at, line);
      at = lineEnd(bytes, Math.max(at, found_end)) + 1;
    }
  }

  finish(): readonly CandlePart[] {
    this.#columns?.endRun();
    this.#columns?.finish();
    return this.#parts;
  }

  #columnsOf(plain: PlainRows): OpenColumns {
    this.#columns ??= new OpenColumns(this.#group, plain, this.#parts);
    return this.#columns;
  }

  #takeApart(at: number, line: number): void {
    const { bytes, is_open } = this.#group;
    const end = lineEnd(bytes, at);
    const text = textOf({ line }, bytes.subarray(at, end));
    if (text.length > this.#reading.max_characters) throw tooLong(line, this.#reading.max_characters);
    if (text.trim() === "") return;
    const { dialect, times } = this.#reading;
    const read = readRow({ line, text: withoutReturn(text), is_open: is_open && end === bytes.byteLength }, dialect, times);
    this.#columns?.endRun();
    this.#parts.push(read);
  }
}

/** Where the next line end stands from `from` on; the end of the bytes without one. */
function lineEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.byteLength; at++) if (bytes[at] === LINE_END) return at;
  return bytes.byteLength;
}

/** The plain rows of a group while it is read. */
class OpenColumns {
  readonly #plain: PlainRows;
  readonly #parts: CandlePart[];
  readonly #text: string;
  readonly #json: Buffer;
  readonly #rows: { -readonly [Field in keyof RowColumns]: RowColumns[Field] };
  #count = 0;
  #end = 0;
  /** The run that is open; null: none is. */
  #run: { readonly first: number; readonly instrument: string | undefined; readonly granularity: string | undefined } | null = null;

  constructor({ bytes, lines }: LineGroup, plain: PlainRows, parts: CandlePart[]) {
    this.#plain = plain;
    this.#parts = parts;
    // A byte a character: those of plain rows are what they are in UTF-8 too.
    this.#text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    this.#json = Buffer.allocUnsafe(bytes.byteLength + lines * plain.overhead);
    const numbers = () => new Int32Array(lines);
    this.#rows = {
      json: "",
      json_ends: numbers(),
      text: this.#text,
      from: numbers(),
      to: numbers(),
      lines: numbers(),
      starts: new Float64Array(lines),
    };
  }

  /** Takes the row that begins at `from`, and returns where it ends; -1 where it is not plain. */
  add(from: number, line: number, { times, max_characters }: CsvReading): number {
    const text = this.#text;
    const plain = this.#plain;
    const to = times.takes_plain ? plain.find(text, from) : -1;
    const start = to < 0 || to - from > max_characters ? Number.NaN : plain.startOf(text);
    if (Number.isNaN(start)) return -1;
    this.#continueRun();
    this.#end = plain.write(text, this.#json, this.#end);
    const rows = this.#rows;
    rows.json_ends[this.#count] = this.#end;
    rows.from[this.#count] = from;
    rows.to[this.#count] = to;
    rows.lines[this.#count] = line;
    rows.starts[this.#count] = start;
    this.#count += 1;
    return to;
  }

  /** What the found row says of itself ends the run before it, or goes on with it. */
  #continueRun(): void {
    const { instrument, granularity } = this.#plain;
    const run = this.#run;
    if (run && this.#plain.isField(this.#text, instrument, run.instrument) && this.#plain.isField(this.#text, granularity, run.granularity))
      return;
    this.endRun();
    this.#run = {
      first: this.#count,
      instrument: this.#plain.field(this.#text, instrument),
      granularity: this.#plain.field(this.#text, granularity),
    };
  }

  endRun(): void {
    if (this.#run) this.#parts.push({ rows: this.#rows, end: this.#count, ...this.#run } satisfies CandleRun);
    this.#run = null;
  }

  /** The runs are whole when the group is. */
  finish(): void {
    this.#rows.json = this.#json.toString("latin1", 0, this.#end);
  }
}
