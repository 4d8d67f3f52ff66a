import { NOT_TIMED, PREDICTION_BOUNDS_US } from "../monitoring/durationBounds.ts";
import type { PredictionTotal } from "../ports/metricStore.ts";
import { PREDICTION_SOURCES, type PredictionSource } from "../ports/predictionLog.ts";
import { countsOf, histogram, sums } from "./histogramFamily.ts";
import type { HistogramCounts } from "./histogramSamples.ts";
import { counterOf, type MetricFamily, type MetricLabels } from "./metricFamily.ts";

const MICROSECONDS = 1e6;

/** The log of predictions, counted. The pipeline asks about now alone. */
export function predictionFamilies(totals: readonly PredictionTotal[], instruments: readonly string[]): MetricFamily[] {
  const none = instruments.flatMap((instrument) => [
    { instrument, is_past: false, source: "user", answers: 0 } as const,
    { instrument, is_past: true, source: "user", answers: 0 } as const,
    { instrument, is_past: false, source: "pipeline", answers: 0 } as const,
  ]);
  const by_labels = sums<Pick<PredictionTotal, "instrument" | "is_past" | "source" | "answers">>(
    [...none, ...totals],
    ({ instrument, is_past, source }) => JSON.stringify({ instrument, about: is_past ? "past" : "now", source }),
    ({ answers }) => answers,
  );
  // Both sources from the start: rate() sees nothing of the sample with which a series appears.
  const durations = PREDICTION_SOURCES.map((source) => [{ source }, durationsOf(totals, source)] as const);
  const bounds = PREDICTION_BOUNDS_US.map((bound) => bound / MICROSECONDS);
  return [
    counterOf(
      "fx_predictions",
      "Predictions in the log, by instrument, whether they were asked for about now or a moment of the past, and who asked.",
      [...by_labels].map(([key, answers]) => [JSON.parse(key) as MetricLabels, answers]),
    ),
    histogram(
      "fx_prediction_duration_seconds",
      "What making an answer took, of the predictions in the log that were timed, by who asked.",
      bounds,
      durations,
    ),
  ];
}

function durationsOf(totals: readonly PredictionTotal[], source: PredictionSource): HistogramCounts {
  const timed = totals.filter((total) => total.source === source && total.bucket !== NOT_TIMED);
  const counts = countsOf(
    PREDICTION_BOUNDS_US,
    timed,
    ({ bucket }) => bucket,
    ({ answers }) => answers,
  );
  return { counts, sum: timed.reduce((sum, { latency_us }) => sum + latency_us, 0) / MICROSECONDS };
}
