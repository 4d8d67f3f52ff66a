import { BASELINES } from "../../../shared/metrics/evaluateDirection.ts";
import type { Evaluation } from "../../../shared/models/evaluation.ts";
import type { Metric } from "../../../shared/ports/tracking.ts";
import type { Hours } from "../../../shared/validation/compareByHours.ts";
import { intervalMetrics } from "./intervalMetrics.ts";

type Values = Record<string, number | null | undefined>;

/** F1, MCC, calibration error and the parts of the Brier score of the model, and beside them those of the baselines that are comparable. */
export function metricsOfScores(prefix: string, scores: Evaluation["hours"][Hours]["scores"]): Values {
  if (scores === undefined) return {};
  const { model, intervals } = scores;
  const parts = Object.entries(model.brier_parts ?? {}).map(([part, value]) => [`${prefix}brier_${part}`, value] as const);
  const values: Values = {
    ...intervalMetrics(`${prefix}f1`, intervals.f1),
    ...intervalMetrics(`${prefix}mcc`, intervals.mcc),
    [`${prefix}ece`]: model.ece,
    [`${prefix}ece_of_chance`]: model.ece_of_chance,
    ...Object.fromEntries(parts),
  };
  for (const baseline of BASELINES)
    for (const score of ["f1", "mcc", "ece"] as const) values[`${prefix}${baseline}_${score}`] = scores[baseline][score];
  return values;
}

/**
 * The parts of the evaluation as metrics: of a session by its name (session_asia_accuracy), of an instrument likewise
 * (instrument_eurusd_accuracy), of the months as one metric each with a step a month, 202503 for March of 2025, so that MLflow draws them
 * as a line.
 */
export function metricsOfParts(breakdown: Evaluation["breakdown"], timestamp: number): Metric[] {
  return (breakdown ?? []).flatMap((part) => {
    if (part.by === "hours") return [];
    const of_part = part.key.replace("_", "").toLowerCase();
    const [prefix, step] = part.by === "month" ? ["month_", Number(part.key.replace("-", ""))] : [`${part.by}_${of_part}_`, 0];
    const values: Values = {
      rows: part.n,
      ...intervalMetrics("accuracy", part.accuracy),
      log_loss: part.log_loss?.estimate,
      brier: part.brier?.estimate,
      ...intervalMetrics("log_loss_minus_majority", part.log_loss_minus.majority ?? null),
      mcc: part.mcc,
      f1: part.f1,
      ece: part.ece,
      ...intervalMetrics("net_bp", part.net_bp),
    };
    return Object.entries(values).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [{ key: prefix + key, value, timestamp, step }],
    );
  });
}
