/** Rows a piece of text: a megabyte or so. */
const PIECE_ROWS = 1_000;

/** The lines of the rows from index `from` until before `to`, as bytes, piece by piece. */
export function* rowsOf(from: number, to: number, lineOf: (row: number) => string): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  for (let start = from; start < to; start += PIECE_ROWS) {
    let text = "";
    for (let row = start; row < Math.min(start + PIECE_ROWS, to); row++) text += lineOf(row);
    yield encoder.encode(text);
  }
}
