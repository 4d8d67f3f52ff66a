import type { Answer } from "../../api/useAnswer.ts";
import type { MetricsSnapshot } from "../monitoring/metricsHistory.ts";
import type { ReadMetrics } from "../monitoring/useMetrics.ts";

/** What panels of GET /metrics are made of: what it says now, and what it said since the page was opened. */
export interface Told {
  readonly answer: Answer<ReadMetrics>;
  readonly told: readonly MetricsSnapshot[];
}
