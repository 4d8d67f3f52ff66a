import type { Instant } from "../domain/instant.ts";
import { accuracy } from "../metrics/accuracy.ts";
import type { Interval } from "../metrics/interval.ts";
import { mean } from "../metrics/meanInterval.ts";
import { isOfSpan, type LabelledForecast } from "./liveScores.ts";

export interface AccuracyDrop {
  /** Forecasts outside the rollover that were decided in the span and whose version claims an accuracy. */
  readonly n: number;
  /** Null without any. */
  readonly drop: Interval | null;
}

/**
 * How far the accuracy of forecasts that were decided after `since` lies below what their versions claim, both over the same rows.
 * `claimOf`: the accuracy that the version of a forecast claims; null: none, and it is left out.
 */
export function accuracyDrop(
  forecasts: readonly LabelledForecast[],
  since: Instant,
  claimOf: (forecast: LabelledForecast) => number | null,
): AccuracyDrop {
  const rows = forecasts.flatMap((forecast) => {
    const claim = isOfSpan(forecast, since) ? claimOf(forecast) : null;
    return claim === null ? [] : [{ forecast, claim }];
  });
  const live = accuracy({ y: rows.map(({ forecast }) => forecast.y), p: rows.map(({ forecast }) => forecast.probability) });
  const claimed = rows.map(({ claim }) => claim);
  return { n: rows.length, drop: relativeDrop(live, claimed) };
}

/**
 * How far a live accuracy lies below the one that was claimed, relative to that: (claimed - live) / claimed, with the live accuracy's interval.
 * `claimed`: of each of its rows, by the version that made it. Null without rows.
 */
export function relativeDrop(live: Interval | null, claimed: readonly number[]): Interval | null {
  if (live === null || claimed.length === 0) return null;
  const before = mean(claimed);
  const drop = (value: number) => (before - value) / before;
  return { estimate: drop(live.estimate), low: drop(live.high), high: drop(live.low) };
}
