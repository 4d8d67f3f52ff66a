import { useState } from "preact/hooks";
import { numberOf } from "../../format/number.ts";
import { setQuery } from "../../state/address.ts";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import type { CandleTimes } from "./candleTimes.ts";
import type { PairNews } from "./newsOfPair.ts";
import { outsideCandles } from "./outsideCandles.ts";

const FEW = 12;

/** Articles in view, the newest first. Their words are text, whatever they hold. */
export function NewsInView({
  news,
  times,
  pair,
  unread,
}: {
  readonly news: readonly PairNews[];
  readonly times: CandleTimes;
  readonly pair: string;
  readonly unread: number;
}) {
  const [is_all, setAll] = useState(false);
  const rows = is_all ? news : news.slice(0, FEW);
  return (
    <>
      <Table
        caption="News in view, the newest first"
        rows={rows}
        keyOf={({ article }) => article.article_id}
        columns={[
          { name: "known since", show: ({ article }) => <Time at={article.available_at} /> },
          { name: "headline", show: ({ article }) => article.title, is_head: true },
          { name: "source", show: ({ article }) => article.source },
          { name: `pull on ${pair.replace("_", "/")} (−2 to 2)`, is_number: true, show: ({ pull }) => numberOf(pull, { is_signed: true }) },
          {
            name: "in the chart",
            show: ({ article }) =>
              outsideCandles(times, Date.parse(article.available_at)) ?? (
                <button
                  type="button"
                  class="button button-small"
                  aria-label={`Show the candle of: ${article.title}`}
                  onClick={() => {
                    setQuery({ at: article.available_at }, { replace: true });
                    document.querySelector(".market-readout")?.scrollIntoView({ block: "center" });
                  }}
                >
                  show
                </button>
              ),
          },
        ]}
      />
      {news.length > FEW && (
        <p>
          <button type="button" class="button button-small" onClick={() => setAll(!is_all)}>
            {is_all ? `Only the newest ${FEW}` : `All ${news.length}`}
          </button>
        </p>
      )}
      {unread > 0 && <p class="quiet">{unread} older articles of this span were not asked for: choose a shorter one.</p>}
    </>
  );
}
