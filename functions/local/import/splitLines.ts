/** A line longer than any answer with 5,000 candles: the file is no NDJSON. */
const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;

export interface TextLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** The text ends without a line end: it is the last one of the file, and may be cut off. */
  readonly is_open: boolean;
}

/**
 * The lines that are not blank, without their line ends, as many at once as one piece of the content holds: to wait for each of them would
 * take longer than to read it. Holds one piece at a time; a byte order mark is dropped. Before it throws it gives the lines that came before.
 */
export async function* splitLineBatches(
  content: AsyncIterable<Uint8Array>,
  max_characters = MAX_LINE_CHARACTERS,
): AsyncGenerator<readonly TextLine[]> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let line = 0;
  for await (const piece of content) {
    const parts = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    const too_long = parts.findIndex((text) => text.length > max_characters);
    const batch = toLines(too_long < 0 ? parts : parts.slice(0, too_long), line);
    if (batch.length > 0) yield batch;
    if (too_long >= 0) throw lineError(line + too_long + 1, max_characters);
    line += parts.length;
    if (rest.length > max_characters) throw lineError(line + 1, max_characters);
  }
  rest += decoder.decode();
  if (rest.trim() !== "") yield [{ line: line + 1, text: withoutReturn(rest), is_open: true }];
}

/** As splitLineBatches, one line at a time. */
export async function* splitLines(content: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  for await (const batch of splitLineBatches(content)) yield* batch;
}

function toLines(texts: readonly string[], before: number): TextLine[] {
  const lines: TextLine[] = [];
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    if (text.trim() !== "") lines.push({ line: before + i + 1, text: withoutReturn(text), is_open: false });
  }
  return lines;
}

/** Files of Windows end their lines with two characters. Other white space stays: a tab may stand before an empty last field. */
function withoutReturn(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

function lineError(line: number, max_characters: number): Error {
  const limit = max_characters >= 1024 * 1024 ? `${max_characters / (1024 * 1024)} MB` : `${max_characters / 1024} kB`;
  return new Error(`line ${line} is longer than ${limit}: one candle a line is expected`);
}
