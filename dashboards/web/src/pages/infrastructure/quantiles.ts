import type { MetricFigure } from "../monitoring/MetricPanel.tsx";
import { curveBetween, type MetricsSnapshot } from "../monitoring/metricsHistory.ts";
import { quantileOf } from "../monitoring/metricValues.ts";
import type { Sample } from "../monitoring/parseMetrics.ts";
import { showSeconds } from "../monitoring/readingForm.ts";
import type { Line } from "../monitoring/SeriesChart.tsx";

const QUANTILES = [
  ["p50", 0.5],
  ["p95", 0.95],
  ["p99", 0.99],
] as const;

type Where = Readonly<Record<string, string>>;

/** p50, p95 and p99 of a histogram of seconds. */
export function quantileFigures(samples: readonly Sample[], name: string, where: Where = {}, prefix = ""): MetricFigure[] {
  return QUANTILES.map(([text, share]) => ({
    name: `${prefix}${text}`,
    value: quantileOf(samples, name, share, where),
    show: showSeconds,
  }));
}

/** The same of what was counted between one answer of GET /metrics and the next. */
export function quantileCurves(told: readonly MetricsSnapshot[], name: string, where: Where = {}): Line[] {
  return QUANTILES.map(([text, share]) => ({
    name: text,
    points: curveBetween(told, (counted) => quantileOf(counted, name, share, where)),
  }));
}
