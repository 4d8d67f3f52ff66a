import type { NumberForm } from "../../format/number.ts";
import { BASELINES, type Hours, metricName } from "./runFacts.ts";

/** A figure that runs are compared by: the name of its metric, and how it is read. */
export interface ComparedFigure {
  readonly name: string;
  readonly text: string;
  readonly form: NumberForm;
  readonly is_share: boolean;
  /** Of the model itself; else of a baseline on the same rows. */
  readonly is_own: boolean;
}

const MEASURES = [
  { name: "accuracy", text: "accuracy", form: {}, is_share: true },
  { name: "log_loss", text: "log loss, nats (lower is better)", form: { digits: 4 }, is_share: false },
  { name: "brier", text: "Brier score (lower is better)", form: { digits: 4 }, is_share: false },
  { name: "auc", text: "AUC", form: { digits: 3 }, is_share: false },
  { name: "mcc", text: "MCC", form: { digits: 3 }, is_share: false },
] as const;

/** What is compared of such hours: each measure with its baselines below it, then what is left of a trade. */
export function comparedFigures(hours: Hours): readonly ComparedFigure[] {
  const measures = MEASURES.flatMap(({ name, ...how }) => [
    { ...how, name: metricName(hours, name), is_own: true },
    ...BASELINES.map((baseline) => ({ ...how, name: metricName(hours, `${baseline}_${name}`), text: baseline, is_own: false })),
  ]);
  const differences = BASELINES.map((baseline) => ({
    name: metricName(hours, `log_loss_minus_${baseline}`),
    text: `log loss minus that of ${baseline} (below 0 the run is better)`,
    form: { digits: 5, is_signed: true },
    ...{ is_share: false, is_own: true },
  }));
  const net = { name: metricName(hours, "net_bp"), text: "a trade in every direction, after the spread", is_share: false, is_own: true };
  const rows = { name: metricName(hours, "oof_rows"), text: "rows, out of fold", form: { digits: 0 }, is_share: false, is_own: true };
  return [rows, ...measures, ...differences, { ...net, form: { digits: 2, is_signed: true, unit: "bp" } }];
}
