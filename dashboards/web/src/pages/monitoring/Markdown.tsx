import type { Block, Span } from "./parseMarkdown.ts";

/** Blocks of a text as elements. Its headings of the second level become those of the third: they stand in a card that has one itself. */
export function Markdown({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <div class="markdown">
      {blocks.map((block, index) => (
        <Shown key={index} block={block} />
      ))}
    </div>
  );
}

function Shown({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "heading": {
      const Heading = block.level <= 2 ? "h3" : "h4";
      return (
        <Heading>
          <Line spans={block.spans} />
        </Heading>
      );
    }
    case "paragraph":
      return (
        <p>
          <Line spans={block.spans} />
        </p>
      );
    case "list":
      return (
        <ul>
          {block.items.map((spans, index) => (
            <li key={index}>
              <Line spans={spans} />
            </li>
          ))}
        </ul>
      );
    case "code":
      return <pre>{block.text}</pre>;
  }
}

function Line({ spans }: { readonly spans: readonly Span[] }) {
  return <>{spans.map(({ kind, text }, index) => (kind === "code" ? <code key={index}>{text}</code> : text))}</>;
}
