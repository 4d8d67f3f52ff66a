import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Block, parseMarkdown, parseSpans } from "../../../../../dashboards/web/src/pages/monitoring/parseMarkdown.ts";

const text = (of: string) => ({ kind: "text", text: of }) as const;
const FOLDER = new URL("../../../../../dashboards/runbooks/", import.meta.url);
const RUNBOOKS = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));

describe("the blocks of a runbook", () => {
  it("are headings, paragraphs, lists and code", () =>
    expect(
      parseMarkdown(
        "# Title\n\nOne line\nand the next.\n\n```promql\na == 1\n\nb\n```\nAt once.\n\n## Do\n\n* first\n  goes on\n* second\n",
      ),
    ).toEqual([
      { kind: "heading", level: 1, spans: [text("Title")] },
      { kind: "paragraph", spans: [text("One line"), text(" "), text("and the next.")] },
      { kind: "code", text: "a == 1\n\nb" },
      { kind: "paragraph", spans: [text("At once.")] },
      { kind: "heading", level: 2, spans: [text("Do")] },
      { kind: "list", items: [[text("first"), text(" "), text("goes on")], [text("second")]] },
    ]));

  it("keep a paragraph apart that follows a list after an empty line", () =>
    expect(parseMarkdown("* one\n\ntwo").map(({ kind }) => kind)).toEqual(["list", "paragraph"]));

  it("hold what is written as text, markup too", () =>
    expect(parseMarkdown("<b>bold</b>")).toEqual([{ kind: "paragraph", spans: [text("<b>bold</b>")] }]));

  it("end code that is not closed with the text", () => expect(parseMarkdown("```\na\nb")).toEqual([{ kind: "code", text: "a\nb" }]));

  it("have code within a line", () =>
    expect(parseSpans("run `fx runs` now, ` or so")).toEqual([text("run "), { kind: "code", text: "fx runs" }, text(" now, ` or so")]));

  it("are there", () => expect(RUNBOOKS.length).toBeGreaterThan(20));

  it.each(RUNBOOKS)("of %s say everything that it says, and no mark of Markdown", (name) => {
    const source = readFileSync(new URL(name, FOLDER), "utf8");
    const blocks = parseMarkdown(source);
    expect(blocks[0]).toMatchObject({ kind: "heading", level: 1, spans: [text(name.replace(".md", ""))] });
    expect(blocks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["paragraph", "list", "code"]));
    const words = blocks.map(wordsOf);
    expect(wordsIn(words.join("\n"))).toEqual(
      wordsIn(
        source
          .replace(/^```\w*$/gm, "")
          .replace(/^(#+|\*) /gm, "")
          .replaceAll("`", ""),
      ),
    );
    for (const [index, block] of blocks.entries()) if (block.kind !== "code") expect(words[index]).not.toMatch(/^[#*]|```|\*\*|\]\(/m);
  });
});

function wordsOf(block: Block): string {
  const line = (spans: readonly { readonly text: string }[]) => spans.map((span) => span.text).join("");
  if (block.kind === "code") return block.text;
  return block.kind === "list" ? block.items.map(line).join("\n") : line(block.spans);
}

function wordsIn(of: string): string[] {
  return of.split(/\s+/).filter(Boolean);
}
