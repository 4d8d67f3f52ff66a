import type { PredictionSummaryView } from "../../../../../shared/contracts/predictions.ts";
import type { CandleTimes } from "./candleTimes.ts";
import { placeAmong } from "./placeAmong.ts";

/** What was predicted of the hours of one candle, and what became of it. */
export interface PredictionsAtCandle {
  readonly index: number;
  readonly predictions: readonly PredictionSummaryView[];
  readonly bullish: number;
  readonly bearish: number;
  readonly right: number;
  readonly wrong: number;
  /** Mid was the same. */
  readonly flat: number;
  readonly open: number;
  /** The one that is furthest from one half. */
  readonly surest: PredictionSummaryView;
}

const sureness = ({ prediction }: Pick<PredictionSummaryView, "prediction">) => Math.abs(prediction - 0.5);

/** Predictions by the candle whose time they are about (target_start), ascending. Of time before the first candle or behind the last: none. */
export function predictionsAtCandles(candles: CandleTimes, predictions: readonly PredictionSummaryView[]): PredictionsAtCandle[] {
  const by_place = new Map<number, PredictionSummaryView[]>();
  for (const prediction of predictions) {
    const index = placeAmong(candles, Date.parse(prediction.target_start));
    if (index === null) continue;
    const there = by_place.get(index);
    if (there) there.push(prediction);
    else by_place.set(index, [prediction]);
  }
  return [...by_place]
    .sort(([a], [b]) => a - b)
    .map(([index, there]) => {
      const count = (fits: (one: PredictionSummaryView) => boolean) => there.filter(fits).length;
      return {
        index,
        predictions: there,
        bullish: count(({ direction }) => direction === "bullish"),
        bearish: count(({ direction }) => direction === "bearish"),
        right: count(({ outcome }) => outcome?.was_right === true),
        wrong: count(({ outcome }) => outcome?.was_right === false),
        flat: count(({ outcome }) => outcome !== null && outcome.was_right === null),
        open: count(({ outcome }) => outcome === null),
        surest: there.reduce((best, one) => (sureness(one) > sureness(best) ? one : best)),
      };
    });
}

/** Whether it is about a time that has no candle yet, where the newest that is stored ends at `newest`, epoch ms. */
export function isAhead({ target_start }: Pick<PredictionSummaryView, "target_start">, newest: number): boolean {
  return Date.parse(target_start) >= newest;
}

/** Which way most of them point; where as many point either way, the surest. */
export function directionAt({ bullish, bearish, surest }: PredictionsAtCandle): "bullish" | "bearish" {
  if (bullish === bearish) return surest.direction;
  return bullish > bearish ? "bullish" : "bearish";
}

/** 1: all that is decided was right, -1: all was wrong. Null: nothing is decided. */
export function balanceAt({ right, wrong }: PredictionsAtCandle): number | null {
  return right + wrong === 0 ? null : (right - wrong) / (right + wrong);
}

/** Of each `room` candles beside each other the surest, so that signs do not lie on each other. */
export function thinned(all: readonly PredictionsAtCandle[], room: number): PredictionsAtCandle[] {
  if (room <= 1) return [...all];
  const kept = new Map<number, PredictionsAtCandle>();
  for (const one of all) {
    const group = Math.floor(one.index / room);
    const best = kept.get(group);
    if (best === undefined || sureness(one.surest) > sureness(best.surest)) kept.set(group, one);
  }
  return [...kept.values()];
}
