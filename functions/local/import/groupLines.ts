/** A line longer than any answer with 5,000 candles: the file is no NDJSON. */
export const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;
const LINE_END = 10;

/** Lines that lie one behind the other in a file, as bytes. */
export interface LineGroup {
  /** Each with its line end, but for the last one of the file, which may have none. */
  readonly bytes: Uint8Array;
  /** The first one's, from 1. */
  readonly line: number;
  readonly lines: number;
  /** The last one ends without a line end: it is the last one of the file, and may be cut off. */
  readonly is_open: boolean;
}

/** The lines of a file, as many at once as one piece of the content ends. Holds one piece at a time; what came before is given before it throws. */
export async function* groupLines(content: AsyncIterable<Uint8Array>, max_characters = MAX_LINE_CHARACTERS): AsyncGenerator<LineGroup> {
  let rest: Uint8Array[] = [];
  let line = 1;
  for await (const piece of content) {
    const end = piece.lastIndexOf(LINE_END) + 1;
    if (end > 0) {
      const bytes = joined(rest, piece.subarray(0, end));
      const lines = countLines(bytes);
      yield { bytes, line, lines, is_open: false };
      line += lines;
      rest = [];
    }
    if (end < piece.byteLength) rest.push(piece.subarray(end));
    if (isTooLong(rest, max_characters)) throw tooLong(line, max_characters);
  }
  if (rest.length > 0) yield { bytes: joined(rest), line, lines: 1, is_open: true };
}

/** The text of lines of a group. A byte order mark at the beginning of the file is dropped. */
export function textOf({ line }: Pick<LineGroup, "line">, bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: line > 1 }).decode(bytes);
}

export function tooLong(line: number, max_characters: number): Error {
  const limit = max_characters >= 1024 * 1024 ? `${max_characters / (1024 * 1024)} MB` : `${max_characters / 1024} kB`;
  return new Error(`line ${line} is longer than ${limit}: one candle a line is expected`);
}

/** No text has more characters than bytes. */
function isTooLong(parts: readonly Uint8Array[], max_characters: number): boolean {
  const bytes = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return bytes > max_characters && new TextDecoder("utf-8").decode(joined(parts)).length > max_characters;
}

function joined(parts: readonly Uint8Array[], last?: Uint8Array): Uint8Array {
  const all = last === undefined ? parts : [...parts, last];
  return all.length === 1 ? all[0]! : Buffer.concat(all);
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) lines += 1;
  return lines;
}
