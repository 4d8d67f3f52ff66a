/** A line longer than any answer with 5,000 candles: the file is no NDJSON. */
const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;

export interface TextLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** The lines that are not blank. Holds one line at a time; a byte order mark is dropped. */
export async function* splitLines(content: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let line = 0;
  for await (const chunk of content) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    if (rest.length > MAX_LINE_CHARACTERS)
      throw new Error(`line ${line + parts.length + 1} is longer than 16 MB: one candle a line is expected`);
    for (const text of parts) {
      line += 1;
      if (text.trim() !== "") yield { line, text: text.trimEnd() };
    }
  }
  rest += decoder.decode();
  if (rest.trim() !== "") yield { line: line + 1, text: rest.trimEnd() };
}
