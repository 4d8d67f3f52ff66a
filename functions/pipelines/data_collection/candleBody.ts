/** The body of an import, as it is stored: NDJSON in UTF-8, without blank lines, a line end behind each line. */
export interface CandleBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lines: readonly string[];
}

/** The body that was sent, byte for byte where it is of that form already. */
export function toCandleBody(sent: string): CandleBody {
  const all = sent.split("\n");
  const is_ended = all.at(-1) === "";
  if (is_ended) all.pop();
  const lines = all.filter((line) => line.trim() !== "");
  const is_whole = is_ended && lines.length === all.length;
  return { bytes: new TextEncoder().encode(is_whole ? sent : `${lines.join("\n")}\n`), lines };
}
