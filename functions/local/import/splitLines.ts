/** A line longer than any answer with 5,000 candles: the file is no NDJSON. */
const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;

export interface TextLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** The text ends without a line end: it is the last one of the file, and may be cut off. */
  readonly is_open: boolean;
}

/** The lines that are not blank, without their line ends. Holds one line at a time; a byte order mark is dropped. */
export async function* splitLines(content: AsyncIterable<Uint8Array>, max_characters = MAX_LINE_CHARACTERS): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let line = 0;
  for await (const chunk of content) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    for (const text of parts) {
      line += 1;
      requireLength(line, text, max_characters);
      if (text.trim() !== "") yield { line, text: withoutReturn(text), is_open: false };
    }
    requireLength(line + 1, rest, max_characters);
  }
  rest += decoder.decode();
  if (rest.trim() !== "") yield { line: line + 1, text: withoutReturn(rest), is_open: true };
}

/** Files of Windows end their lines with two characters. Other white space stays: a tab may stand before an empty last field. */
function withoutReturn(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

function requireLength(line: number, text: string, max_characters: number): void {
  if (text.length <= max_characters) return;
  const limit = max_characters >= 1024 * 1024 ? `${max_characters / (1024 * 1024)} MB` : `${max_characters / 1024} kB`;
  throw new Error(`line ${line} is longer than ${limit}: one candle a line is expected`);
}
