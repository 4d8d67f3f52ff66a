import { NOT_TIMED, PREDICTION_BOUNDS_US } from "../monitoring/durationBounds.ts";
import type { PredictionTotal } from "../ports/metricStore.ts";
import { countsOf, histogram, sums } from "./histogramFamily.ts";
import { counterOf, type MetricFamily } from "./metricFamily.ts";

const MICROSECONDS = 1e6;

/** The log of predictions, counted. */
export function predictionFamilies(totals: readonly PredictionTotal[]): MetricFamily[] {
  const by_instrument = sums(
    totals,
    ({ instrument, is_past }) => JSON.stringify([instrument, is_past]),
    ({ answers }) => answers,
  );
  const counted = [...by_instrument].map(([key, answers]) => {
    const [instrument, is_past] = JSON.parse(key) as [string, boolean];
    return [{ instrument, about: is_past ? "past" : "now" }, answers] as const;
  });
  const timed = totals.filter(({ bucket }) => bucket !== NOT_TIMED);
  const counts = countsOf(
    PREDICTION_BOUNDS_US,
    timed,
    ({ bucket }) => bucket,
    ({ answers }) => answers,
  );
  const sum = timed.reduce((total, { latency_us }) => total + latency_us, 0) / MICROSECONDS;
  const bounds = PREDICTION_BOUNDS_US.map((bound) => bound / MICROSECONDS);
  return [
    counterOf(
      "fx_predictions",
      "Predictions in the log, by instrument and whether they were asked for about now or a moment of the past.",
      counted,
    ),
    histogram("fx_prediction_duration_seconds", "What making an answer took, of the predictions in the log that were timed.", bounds, [
      [{}, { counts, sum }],
    ]),
  ];
}
