import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { CandleCollection, CandleView } from "../../../../../shared/contracts/candles.ts";
import type { PaperTradeCollection } from "../../../../../shared/contracts/paperTrades.ts";
import { byCount } from "../../../../../shared/domain/byCount.ts";
import { pricePrecision } from "../../../../../shared/domain/legs.ts";
import type { Answer } from "../../api/useAnswer.ts";
import { CandleChart } from "../../charts/CandleChart.tsx";
import { chartSeconds } from "../../charts/chartSeconds.ts";
import { amountOf } from "../../format/amountOf.ts";
import { numberOf } from "../../format/number.ts";
import { momentOf } from "../../format/time.ts";
import { setQuery } from "../../state/address.ts";
import { chosenMoment, ZONE_LABELS, ZONES, zone } from "../../state/choices.ts";
import { Failed } from "../../ui/Answered.tsx";
import { CandleReadout } from "./CandleReadout.tsx";
import { CandleTable } from "./CandleTable.tsx";
import { candleTimes } from "./candleTimes.ts";
import { isShown } from "./Layers.tsx";
import { Legend } from "./Legend.tsx";
import type { LayersKnown } from "./layerKnown.ts";
import { candleMarks, outcomeBars, sessionBands } from "./marks.ts";
import { newsAtCandles, type PairNews } from "./newsOfPair.ts";
import { placeAmong } from "./placeAmong.ts";
import { isAhead, type PredictionsAtCandle, predictionsAtCandles } from "./predictionsAtCandles.ts";
import type { PredictionsOfSpan } from "./predictionsOfSpan.ts";
import { boundedSpan, momentAt, type Span } from "./span.ts";
import { tradesAtCandles } from "./tradesAtCandles.ts";

const HEIGHT = 560;
const NARROW_HEIGHT = 440;
/** Of the page beside the candles, px: the rail, edges and the axis of prices. */
const BESIDE_PX = 340;
const NARROW_BESIDE_PX = 120;
const narrow = matchMedia("(max-width: 760px)");

/** The chart with what is said of the candle that is looked at, and all of them as a table. Of one candle at least. */
export function Candles({
  answer,
  predictions,
  trades,
  news,
  known,
  newest,
  onShow,
}: {
  readonly answer: CandleCollection;
  /** Null: they are not shown. */
  readonly predictions: Answer<PredictionsOfSpan> | null;
  /** Null: they are not shown. */
  readonly trades: Answer<PaperTradeCollection> | null;
  readonly news: readonly PairNews[];
  readonly known: LayersKnown;
  /** The end of the newest bar that is stored. */
  readonly newest: number;
  readonly onShow: (span: Span) => void;
}) {
  const { candles, instrument, step_ms } = answer;
  const time_zone = ZONES[zone.value];
  // A signal, so that what does not tell of it is not drawn anew with each move of the pointer.
  const hovered = useSignal<number | null>(null);
  const has_sessions = isShown("sessions");
  const times = useMemo(() => candleTimes(candles), [candles]);
  const points = useMemo(() => {
    const seconds = chartSeconds(times.starts, time_zone);
    return candles.map((candle, index) => ({ ...candle, seconds: seconds[index]! }));
  }, [candles, time_zone]);
  const list = predictions?.data?.predictions;
  const predicted = useMemo(() => predictionsAtCandles(times, list ?? []), [times, list]);
  const end = Math.max(newest, times.ends.at(-1)!);
  const ahead = list?.find((one) => isAhead(one, end));
  const traded = useMemo(() => tradesAtCandles(times, trades?.data?.trades ?? []), [times, trades?.data]);
  const told = useMemo(() => newsAtCandles(times, news), [times, news]);
  const content = useMemo(() => {
    const width = document.documentElement.clientWidth - (narrow.matches ? NARROW_BESIDE_PX : BESIDE_PX);
    return {
      points,
      precision: pricePrecision(instrument),
      marks: candleMarks(predicted, told, traded, Math.max(1, width) / Math.max(1, candles.length)),
      bars: outcomeBars(predicted),
      bands: has_sessions ? sessionBands(candles.map(({ session }) => session)) : [],
    };
  }, [points, predicted, told, traded, has_sessions]);
  const picked_at = chosenMoment("at");
  const picked = picked_at === null ? null : placeAmong(times, picked_at);
  const by_place = new Map<number, PredictionsAtCandle>(predicted.map((one) => [one.index, one]));
  return (
    <>
      {predictions?.error && <Failed error={predictions.error} again={predictions.ask} />}
      {trades?.error && <Failed error={trades.error} again={trades.ask} />}
      <CandleReadout
        hovered={hovered}
        picked={picked}
        candles={candles}
        precision={content.precision}
        predicted={by_place}
        told={told}
        known={known}
        ahead={ahead}
      />
      <CandleChart
        label={labelOf(answer, predicted, known, time_zone)}
        content={content}
        height={narrow.matches ? NARROW_HEIGHT : HEIGHT}
        onHover={(index) => {
          hovered.value = index;
        }}
        onPick={(index) => setQuery({ at: candles[index]!.start }, { replace: true })}
        onView={(first, last) =>
          onShow(
            boundedSpan({
              from: momentAt(first, times.starts, step_ms),
              to: Math.min(end, momentAt(last, times.starts, step_ms) + step_ms),
            }),
          )
        }
      />
      <Legend
        answer={answer}
        has_news={news.length > 0}
        predicted={predicted}
        arrows={content.marks.filter(({ at }) => at === "above" || at === "below").length}
        trades={trades?.data ?? null}
        known={known}
        complete_since={predictions?.data?.complete_since ?? null}
      />
      <CandleTable candles={candles} precision={content.precision} predicted={by_place} told={told} traded={traded} known={known} />
    </>
  );
}

function textOf(at: number, time_zone: string): string {
  const { date, time } = momentOf(at, time_zone);
  return `${date} ${time}`;
}

/** What the chart shows, as a sentence. */
function labelOf(
  { instrument, candles, granularity }: CandleCollection,
  predicted: readonly PredictionsAtCandle[],
  { predictions }: LayersKnown,
  time_zone: string,
) {
  const [first, last] = [candles[0]!, candles.at(-1)!];
  const price = (value: number) => numberOf(value, { digits: pricePrecision(instrument) });
  const most = (pick: (candle: CandleView) => number, better: (...values: number[]) => number) =>
    candles.reduce((best, candle) => better(best, pick(candle)), pick(first));
  const sum = (pick: (one: PredictionsAtCandle) => number) => predicted.reduce((total, one) => total + pick(one), 0);
  const [right, wrong] = [sum((one) => one.right), sum((one) => one.wrong)];
  return [
    `${instrument.replace("_", "/")} from ${textOf(Date.parse(first.start), time_zone)} to ${textOf(Date.parse(last.end), time_zone)} in ${ZONE_LABELS[zone.value]} time:`,
    `${amountOf(candles.length, "candle")} of ${granularity}, from ${price(first.open)} to ${price(last.close)},`,
    `at the lowest ${price(most(({ low }) => low, Math.min))}, at the highest ${price(most(({ high }) => high, Math.max))}.`,
    right + wrong > 0
      ? `Of ${amountOf(right + wrong, "prediction that is", "predictions that are")} decided ${right} ${byCount(right, "was", "were")} right.`
      : predictions.since === null
        ? `Predictions: ${predictions.why}.`
        : "No prediction in view is decided.",
  ].join(" ");
}
