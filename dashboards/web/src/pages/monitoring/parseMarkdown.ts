/** A piece of a line: plain text, or what is meant to be typed. */
export interface Span {
  readonly kind: "text" | "code";
  readonly text: string;
}

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly spans: readonly Span[] }
  | { readonly kind: "paragraph"; readonly spans: readonly Span[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Span[])[] }
  | { readonly kind: "code"; readonly text: string };

const FENCE = /^```/;
const HEADING = /^(#{1,6}) +(.*)$/;
const ITEM = /^\* +(.*)$/;

/**
 * The blocks of a runbook. Of Markdown those have headings, paragraphs, lists of one level, fenced code and code within lines; what else is
 * written is shown as it stands.
 */
export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const former = lines[at - 1]?.trim() === "" ? undefined : blocks.at(-1);
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    if (FENCE.test(line)) {
      const end = lines.findIndex((other, index) => index > at && FENCE.test(other));
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: "code", text: lines.slice(at + 1, last).join("\n") });
      at = last;
    } else if (heading) blocks.push({ kind: "heading", level: heading[1]!.length, spans: parseSpans(heading[2]!) });
    else if (item) {
      const list = blocks.at(-1);
      const spans = parseSpans(item[1]!);
      if (list?.kind === "list") blocks[blocks.length - 1] = { kind: "list", items: [...list.items, spans] };
      else blocks.push({ kind: "list", items: [spans] });
    } else if (line.trim() !== "") {
      const added = parseSpans(line.trim());
      const space: Span = { kind: "text", text: " " };
      if (former?.kind === "paragraph") blocks[blocks.length - 1] = { kind: "paragraph", spans: [...former.spans, space, ...added] };
      else if (former?.kind === "list")
        blocks[blocks.length - 1] = {
          kind: "list",
          items: [...former.items.slice(0, -1), [...former.items.at(-1)!, space, ...added]],
        };
      else blocks.push({ kind: "paragraph", spans: added });
    }
  }
  return blocks;
}

/** A line at its backticks. One that is not closed is a backtick. */
export function parseSpans(line: string): Span[] {
  return line
    .split(/(`[^`]+`)/)
    .filter((piece) => piece !== "")
    .map((piece) => (/^`[^`]+`$/.test(piece) ? { kind: "code", text: piece.slice(1, -1) } : { kind: "text", text: piece }));
}
