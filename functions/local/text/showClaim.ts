import type { ModelHistory } from "../../../shared/contracts/models.ts";
import { BASELINES } from "../../../shared/metrics/evaluateDirection.ts";
import type { Interval } from "../../../shared/metrics/interval.ts";
import type { ModelClaim } from "../../../shared/models/modelClaim.ts";

type Figures = Pick<ModelClaim, "accuracy" | "baseline" | "net_bp">;

/** What every table that shows a claim says under it. */
export const CLAIM_NOTE =
  "accuracy, best baseline and bp a trade: out of sample, outside the hours of the daily roll (bars that close at 17:00 and 18:00 New York). " +
  "skill: none, or statistical (log loss beats every baseline's by more than chance), or net_of_costs (and trading it earned more than the spread).";

export function accuracyText({ accuracy }: Pick<Figures, "accuracy">): string {
  return accuracy === null ? "-" : `${percent(accuracy.estimate)} [${percent(accuracy.low)}, ${percent(accuracy.high)}]`;
}

export function baselineText({ baseline }: Pick<Figures, "baseline">): string {
  return baseline === null ? "-" : `${percent(baseline.accuracy)} ${baseline.name}`;
}

export function netText({ net_bp }: Pick<Figures, "net_bp">): string {
  return net_bp === null ? "-" : `${net_bp.estimate.toFixed(2)} [${net_bp.low.toFixed(2)}, ${net_bp.high.toFixed(2)}]`;
}

/** The figures of one of a model's versions, from the metrics of its run; null where a run of an older release has none. */
export function figuresOf({ metrics }: Pick<ModelHistory["versions"][number], "metrics">): Figures {
  const known = BASELINES.flatMap((name) => {
    const accuracy = metrics[`outside_rollover_${name}_accuracy`];
    return accuracy === undefined ? [] : [{ name: name === "majority" ? "base_rate" : name, accuracy }];
  });
  return {
    accuracy: intervalOf(metrics, "outside_rollover_accuracy"),
    baseline: known.toSorted((a, b) => b.accuracy - a.accuracy)[0] ?? null,
    net_bp: intervalOf(metrics, "outside_rollover_net_bp"),
  };
}

function intervalOf(metrics: Readonly<Record<string, number>>, key: string): Interval | null {
  const [estimate, low, high] = [metrics[key], metrics[`${key}_low`], metrics[`${key}_high`]];
  return estimate === undefined || low === undefined || high === undefined ? null : { estimate, low, high };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
