import type { CandleCollection } from "../../../../../shared/contracts/candles.ts";
import type { PaperTradeCollection } from "../../../../../shared/contracts/paperTrades.ts";
import { amountOf } from "../../format/amountOf.ts";
import { countOf, numberOf } from "../../format/number.ts";
import { Time } from "../../ui/Time.tsx";
import { isShown } from "./Layers.tsx";
import type { LayersKnown } from "./layerKnown.ts";
import { SESSION_SIGNS } from "./marks.ts";
import type { PredictionsAtCandle } from "./predictionsAtCandles.ts";
import { netOf } from "./tradesAtCandles.ts";

/** How the chart is read, and what of it is merged or left out. */
export function Legend({
  answer: { granularity, bars, candles },
  predicted,
  arrows,
  trades,
  known,
  has_news,
  complete_since,
}: {
  readonly answer: CandleCollection;
  readonly predicted: readonly PredictionsAtCandle[];
  /** How many are drawn. */
  readonly arrows: number;
  /** Null: they are not shown, or not there yet. */
  readonly trades: PaperTradeCollection | null;
  readonly known: LayersKnown;
  readonly has_news: boolean;
  readonly complete_since: number | null;
}) {
  const is_merged = granularity !== "H1";
  return (
    <div class="market-legend">
      <p>
        Prices are mid. A hollow candle rose, a filled one fell.{" "}
        {is_merged &&
          `${amountOf(bars, "hourly bar is", "hourly bars are")} merged into ${amountOf(candles.length, "candle")} of ${granularity}; come closer to see them. `}
        Weekends and holidays have no width. Below: the spread in bp of mid
        {isShown("predictions") ? ", and what became of the predictions: up right, down wrong." : "."}
      </p>
      {isShown("predictions") && (
        <p>
          ▲ below a candle: a rise of that hour was predicted; ▼ above it: a fall. Green and ✓: it was right; red and ✕: it was wrong; grey:
          not decided.{" "}
          {predicted.length > arrows && `Of neighbours the surest is drawn: ${amountOf(arrows, "arrow")} of ${predicted.length}. `}
          {predicted.some(({ predictions }) => predictions.length > 1) && "Of a longer candle the arrow is what most of its hours were. "}
          {complete_since !== null && (
            <>
              Predictions before <Time at={complete_since} /> are not drawn: choose a shorter span.{" "}
            </>
          )}
          {known.predictions.since === null
            ? `Predictions of this span: ${known.predictions.why}. `
            : predicted.length === 0 &&
              "None is recorded in this span: the pipeline answers once an hour while it runs, and not of the past. "}
          How sure an answer is says nothing of how often such answers are right.
        </p>
      )}
      {trades !== null && (
        <p>
          ■ in a candle: a paper trade that the rule of this installation would have made of a prediction (long above{" "}
          {numberOf(trades.rule.long_above)}, short below {numberOf(trades.rule.short_below)}), L long, S short; green and +: it gained
          after the spread, red and −: it lost.{" "}
          {known.trades.since === null
            ? `Those of this span: ${known.trades.why}.`
            : trades.trades.length === 0
              ? "The rule would have traded nothing in this span."
              : `${countOf(trades.trades.length)} of them in this span, after the spread ${numberOf(netOf(trades.trades), { digits: 1, is_signed: true, unit: "bp" })} in all.`}
        </p>
      )}
      {trades === null && isShown("trades") && <p>Paper trades: {known.trades.why}.</p>}
      {(isShown("sessions") || has_news) && (
        <p class="market-sessions">
          {!isShown("sessions")
            ? null
            : is_merged
              ? "Sessions are shaded on hourly candles."
              : Object.values(SESSION_SIGNS).map(({ colour, letters, text }) => (
                  <span key={letters}>
                    <span class={`market-swatch market-${colour}`}>{letters}</span> {text}
                  </span>
                ))}
          {has_news && <span>● at the foot: news of the pair</span>}
        </p>
      )}
    </div>
  );
}
