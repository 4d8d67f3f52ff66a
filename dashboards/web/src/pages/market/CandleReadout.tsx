import type { ReadonlySignal } from "@preact/signals";
import type { CandleView } from "../../../../../shared/contracts/candles.ts";
import type { PredictionSummaryView } from "../../../../../shared/contracts/predictions.ts";
import { amountOf } from "../../format/amountOf.ts";
import { numberOf, percentOf } from "../../format/number.ts";
import { hrefOf } from "../../state/address.ts";
import { OutcomeState } from "../../ui/OutcomeState.tsx";
import { Time } from "../../ui/Time.tsx";
import { type LayersKnown, whyUnknown } from "./layerKnown.ts";
import type { PairNews } from "./newsOfPair.ts";
import { directionAt, type PredictionsAtCandle } from "./predictionsAtCandles.ts";

/** The candle under the pointer, or the one that was chosen, or else the newest, in words. It keeps its height, so that the chart stays where it is. */
export function CandleReadout({
  hovered,
  picked,
  candles,
  precision,
  predicted: by_place,
  told,
  known,
  ahead,
}: {
  readonly hovered: ReadonlySignal<number | null>;
  readonly picked: number | null;
  readonly candles: readonly CandleView[];
  readonly precision: number;
  readonly predicted: ReadonlyMap<number, PredictionsAtCandle>;
  readonly told: ReadonlyMap<number, readonly PairNews[]>;
  readonly known: LayersKnown;
  /** Of the hour that has no candle yet. */
  readonly ahead: PredictionSummaryView | undefined;
}) {
  const pointed = hovered.value !== null && hovered.value < candles.length ? hovered.value : null;
  const shown = pointed ?? picked ?? candles.length - 1;
  const which = pointed !== null ? "under the pointer" : picked !== null ? "chosen" : "the newest in view";
  const [candle, predicted, news] = [candles[shown]!, by_place.get(shown), told.get(shown) ?? []];
  const start = Date.parse(candle.start);
  const [no_prediction, no_news] = [whyUnknown(known.predictions, start), whyUnknown(known.news, start)];
  const price = (name: string, value: number | null) => (
    <>
      {name}{" "}
      <span class="number" data-figure={name}>
        {numberOf(value, { digits: precision })}
      </span>
    </>
  );
  return (
    <div class="market-readout">
      <p>
        <strong>
          <Time at={candle.start} />
        </strong>{" "}
        <span class="quiet">({which})</span> {price("open", candle.open)} · {price("high", candle.high)} · {price("low", candle.low)} ·{" "}
        {price("close", candle.close)} · {price("bid", candle.bid_close)} · {price("ask", candle.ask_close)} · spread{" "}
        <span class="number" data-figure="spread">
          {numberOf(candle.spread_bp, { unit: "bp" })}
        </span>
      </p>
      <p>
        {predicted !== undefined ? (
          <Predicted at={predicted} />
        ) : (
          <span class="quiet">{no_prediction === null ? "No prediction of it is recorded." : `Predictions: ${no_prediction}.`}</span>
        )}
      </p>
      <p>
        {news.length === 0 ? (
          <span class="quiet">{no_news === null ? "No news of the pair came in it." : `News: ${no_news}.`}</span>
        ) : (
          <>
            News: {news[0]!.article.title}
            {news.length > 1 && <span class="quiet"> (and {news.length - 1} more, listed below)</span>}
          </>
        )}
      </p>
      {ahead !== undefined && (
        <p>
          The time from <Time at={ahead.target_start} is_short />, which has no candle yet: <One of={ahead} />
        </p>
      )}
    </div>
  );
}

function Predicted({ at }: { readonly at: PredictionsAtCandle }) {
  const { predictions, surest, right, wrong, open } = at;
  if (predictions.length > 1)
    return (
      <>
        {amountOf(predictions.length, "prediction")}, mostly {directionAt(at)}: {right} right, {wrong} wrong{open > 0 && `, ${open} open`}
      </>
    );
  return (
    <>
      Predicted <One of={surest} />
    </>
  );
}

function One({ of: { direction, prediction, model_version, outcome, prediction_id } }: { readonly of: PredictionSummaryView }) {
  return (
    <>
      <strong>{direction}</strong>, {percentOf(prediction)} up, by {model_version} <OutcomeState outcome={outcome} />{" "}
      <a href={hrefOf("predictions", [prediction_id])}>how it came about</a>
    </>
  );
}
