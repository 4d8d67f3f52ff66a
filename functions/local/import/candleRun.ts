import type { CandleLine } from "./candleLine.ts";

/** Rows of one piece of a file as columns, which take the place of an object a row. Each entry is a row. */
export interface RowColumns {
  /** The JSON of all of them, a line end behind each, and where each one's line end is behind. */
  readonly json: string;
  readonly json_ends: Int32Array;
  /** The piece, and where the row lies in it. */
  readonly text: string;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Line of the file, from 1. */
  readonly lines: Int32Array;
  readonly starts: Float64Array;
}

/** Rows `first` to before `end` that say the same of what they are, as CandleLine has it. None of them is refused. */
export interface CandleRun {
  readonly rows: RowColumns;
  readonly first: number;
  readonly end: number;
  readonly instrument: unknown;
  readonly granularity: unknown;
}

export type CandlePart = CandleLine | CandleRun;

export function isRun(part: CandlePart): part is CandleRun {
  return "rows" in part;
}

/** The line of the file that the part ends with. */
export function lastLineOf(part: CandlePart): number {
  return isRun(part) ? part.rows.lines[part.end - 1]! : part.line;
}

/** The JSON of rows `first` to before `end`. */
export function jsonOf({ json, json_ends }: RowColumns, first: number, end: number): string {
  return json.slice(jsonFrom(json_ends, first), json_ends[end - 1]);
}

/** How many rows from `first` on, at most up to `end`, come to so many characters of JSON, the one that reaches them included. */
export function rowsWithin({ json_ends }: RowColumns, first: number, end: number, characters: number): number {
  const limit = jsonFrom(json_ends, first) + characters;
  let [low, high] = [first, end - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (json_ends[middle]! >= limit) high = middle;
    else low = middle + 1;
  }
  return low - first + 1;
}

/** A row as it stands in the file. */
export function originOf({ lines, text, from, to }: RowColumns, at: number): Pick<CandleLine, "line" | "text"> {
  return { line: lines[at]!, text: text.slice(from[at], to[at]) };
}

function jsonFrom(json_ends: Int32Array, row: number): number {
  return row === 0 ? 0 : json_ends[row - 1]!;
}
