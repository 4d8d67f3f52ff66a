import { groupLines, type LineGroup, MAX_LINE_CHARACTERS, textOf, tooLong } from "./groupLines.ts";

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
  for await (const group of groupLines(content, max_characters)) {
    const { lines, error } = textLinesOf(group, max_characters);
    if (lines.length > 0) yield lines;
    if (error !== null) throw error;
  }
}

/** The lines of a group that are not blank; those before one that is too long, and the error that it is. */
export function textLinesOf(
  group: LineGroup,
  max_characters: number,
): { readonly lines: readonly TextLine[]; readonly error: Error | null } {
  const parts = textOf(group, group.bytes).split("\n");
  if (!group.is_open) parts.pop();
  const long = parts.findIndex((text) => text.length > max_characters);
  if (long < 0) return { lines: toLines(parts, group), error: null };
  return { lines: toLines(parts.slice(0, long), group), error: tooLong(group.line + long, max_characters) };
}

/** As splitLineBatches, one line at a time. */
export async function* splitLines(content: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  for await (const batch of splitLineBatches(content)) yield* batch;
}

function toLines(texts: readonly string[], { line, is_open }: LineGroup): TextLine[] {
  const lines: TextLine[] = [];
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    if (text.trim() !== "") lines.push({ line: line + i, text: withoutReturn(text), is_open });
  }
  return lines;
}

/** Files of Windows end their lines with two characters. Other white space stays: a tab may stand before an empty last field. */
export function withoutReturn(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}
