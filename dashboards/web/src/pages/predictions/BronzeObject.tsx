import { useState } from "preact/hooks";
import { askText } from "../../api/ask.ts";
import { useQuery } from "../../api/useAnswer.ts";
import { Answered } from "../../ui/Answered.tsx";
import type { BronzeObjectView } from "./lineageSteps.ts";
import { linesOf } from "./linesOf.ts";

/** Lines that are shown at once. */
const LINES = 25;

/** What one object holds, as text, some lines at a time. */
export function BronzeObject({ object: { key, sha256 } }: { readonly object: BronzeObjectView }) {
  const [offset, setOffset] = useState(0);
  // One more than is shown tells whether there are more.
  const query = { key, offset, limit: LINES + 1 };
  const read = useQuery(["GET /api/bronze", query], (signal) => askText("GET /api/bronze", { query }, { signal }), { refresh_ms: null });
  return (
    <section class="lineage-object" aria-label={`Lines of ${key}`}>
      <p>
        <code class="lineage-code">{key}</code>
        {sha256 !== null && (
          <>
            {" "}
            <span class="quiet">SHA-256</span> <code class="lineage-code">{sha256}</code>
          </>
        )}
      </p>
      <Answered answer={read} height={200}>
        {({ text, is_cut }) => {
          const { lines, has_more } = linesOf(text, LINES);
          return (
            <>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
              <pre tabIndex={0}>{lines.join("\n")}</pre>
              <p class="predictions-paging">
                <button type="button" class="button button-small" disabled={offset === 0} onClick={() => setOffset(offset - LINES)}>
                  Lines before
                </button>
                <button type="button" class="button button-small" disabled={!has_more} onClick={() => setOffset(offset + LINES)}>
                  Lines after
                </button>
                <span class="quiet">
                  Lines {offset + 1} to {offset + lines.length}; {has_more ? "the object goes on" : "it ends there"}.
                  {is_cut && " These lines are so long that they are cut here: programs read the whole at GET /api/bronze."}
                </span>
              </p>
            </>
          );
        }}
      </Answered>
    </section>
  );
}
