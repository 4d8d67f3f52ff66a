import { useMemo, useState } from "preact/hooks";
import { DAY } from "../../../../../shared/domain/instant.ts";
import { REFRESH_MS } from "../../api/queries.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { setQuery } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Time } from "../../ui/Time.tsx";
import { Candles } from "./Candles.tsx";
import { candleTimes } from "./candleTimes.ts";
import { isShown, Layers } from "./Layers.tsx";
import { type LayersKnown, layerKnown } from "./layerKnown.ts";
import { NewsInView } from "./NewsInView.tsx";
import { newsOfPair } from "./newsOfPair.ts";
import { RangeChoice } from "./RangeChoice.tsx";
import type { Span } from "./span.ts";
import { usePredictionsOf } from "./usePredictionsOf.ts";

/** A candle has at least so many pixels: more of them are merged by the server. */
const CANDLE_PX = 3;
const MONTH = 31 * DAY;
/** What one answer of paper trades spans at most. */
const YEAR = 366 * DAY;
const NEWS_LIMIT = 1_000;

const iso = (at: number) => new Date(at).toISOString();

/** One pair in one span. */
export function MarketOf({ pair, span, newest }: { readonly pair: string; readonly span: Span; readonly newest: number }) {
  const [max_points] = useState(() => Math.max(100, Math.floor(document.documentElement.clientWidth / CANDLE_PX / 50) * 50));
  const query = { instrument: pair, from: iso(span.from), to: iso(span.to), max_points };
  const candles = useAnswer("GET /api/candles", { query });
  // Layers are asked for behind the candles of their span: a year of trades takes the Worker twice as long, and would hold those up.
  const has_candles = candles.data !== undefined && !candles.is_former;
  const predictions = usePredictionsOf(pair, isShown("predictions") ? span : null, has_candles);
  const has_news = isShown("news") && span.to - span.from <= MONTH;
  const articles = useAnswer(
    "GET /api/news/articles",
    { query: { since: iso(span.from), until: iso(span.to), relevant: "true", limit: NEWS_LIMIT } },
    { is_wanted: has_news },
  );
  const news = has_news && articles.data ? newsOfPair(articles.data.articles, pair) : [];
  const unread = Math.max(0, (articles.data?.total_entries ?? 0) - NEWS_LIMIT);
  const oldest = unread === 0 ? undefined : articles.data?.articles.at(-1);
  const has_trades = isShown("trades") && span.to - span.from <= YEAR;
  const trades = useAnswer(
    "GET /api/paper-trades",
    { query: { instrument: pair, from: iso(span.from), to: iso(span.to) } },
    { is_wanted: has_trades && has_candles, refresh_ms: 2 * REFRESH_MS },
  );
  const known: LayersKnown = {
    predictions: layerKnown(isShown("predictions") ? predictions : null, {
      off: "not shown",
      since: predictions.data?.complete_since ?? null,
    }),
    trades: layerKnown(has_trades ? trades : null, { off: offText("trades", "366 days"), since: null }),
    news: layerKnown(has_news ? articles : null, {
      off: offText("news", "31 days"),
      since: oldest === undefined ? null : Date.parse(oldest.available_at),
    }),
  };
  const times = useMemo(() => candleTimes(candles.data?.candles ?? []), [candles.data]);
  const show = ({ from, to }: Span) =>
    setQuery({ from: iso(from).replace(":00.000Z", "Z"), to: iso(to).replace(":00.000Z", "Z"), range: null }, { replace: true });
  return (
    <>
      <div class="market-choices">
        <RangeChoice span={span} newest={newest} onShow={show} />
        <Layers />
      </div>
      <Card title="Prices" is_wide>
        <Answered
          answer={candles}
          height={600}
          is_empty={(answer) => answer.candles.length === 0}
          empty={
            <>
              Nothing was traded in this span, or nothing of it is stored. The newest bar ends at <Time at={newest} />; choose a range to go
              there.
            </>
          }
        >
          {(answer) => (
            <Candles
              answer={answer}
              predictions={isShown("predictions") ? predictions : null}
              trades={has_trades ? trades : null}
              news={news}
              known={known}
              newest={newest}
              onShow={show}
            />
          )}
        </Answered>
      </Card>
      <div class="market-below">
        <Card
          title="News in view"
          about="What could be known in this span and is about a currency of the pair. Its pull is what the reader of the news made of it: a reading of words, no forecast."
        >
          {!isShown("news") ? (
            <p class="quiet">News is switched off above.</p>
          ) : has_news ? (
            <Answered
              answer={articles}
              is_empty={() => news.length === 0}
              empty="Nothing of this span is about the pair. The sources are asked every ten minutes, and what came is read every thirty."
            >
              {() => <NewsInView news={news} times={times} pair={pair} unread={unread} />}
            </Answered>
          ) : (
            <p class="quiet">News is shown for spans of up to 31 days: choose a shorter one.</p>
          )}
        </Card>
      </div>
    </>
  );
}

/** Why a layer is not drawn that is not shown for longer spans. */
function offText(name: "trades" | "news", longest: string): string {
  return isShown(name) ? `shown for spans of up to ${longest}: choose a shorter one` : "not shown";
}
