import { type MetricRule, SHOWN } from "../metricRule.ts";

/** Spans over which live figures are measured, in days. */
export const LIVE_SPANS = { "7d": 7, "30d": 30 } as const;
export type LiveSpan = keyof typeof LIVE_SPANS;

const OF_FOUR_WEEKS = "Shown: judged over four weeks, where chance is smaller.";

/** The metrics that are measured over each span. `min_n`: with fewer outcomes the normal approximation of an interval does not hold. */
function rulesOf(min_n: number): Readonly<Record<string, MetricRule>> {
  const shown = (unit: string, reason = OF_FOUR_WEEKS): MetricRule => ({ ...SHOWN, unit, min_n, reason });
  return {
    accuracy: shown("share"),
    f1: shown("score", "Shown: of a model that always says rise it is two thirds at even odds."),
    auc: shown("area", "Shown: 0.5 is a coin."),
    log_loss: shown("nats"),
    brier: shown("squared probability"),
    ece: shown("probability", "Shown: about 1.3 / sqrt(n) of it is chance. Judged by calibration_in_the_large."),
    baseline_accuracy: shown("share", "Shown: what needs no training gets right on the same hours."),
    log_loss_minus_baseline: shown("nats", "Shown: below 0 the model is better. Judged against the base rate of its training."),
    accuracy_drop: {
      unit: "ratio",
      bad: "above",
      warning: 0.05,
      breach: null,
      beyond: "estimate",
      min_n,
      reason:
        "0.05: the plan's limit (original-system.md, section 7), of the accuracy on the card of each version that served; and only where the claimed one lies outside of the live one's interval at three standard errors.",
    },
  };
}

/** accuracy_7d, accuracy_30d ...: of a week there are some 100 outcomes outside the rollover. */
export const WINDOW_RULES: Readonly<Record<string, MetricRule>> = Object.fromEntries(
  Object.keys(LIVE_SPANS).flatMap((span) =>
    Object.entries(rulesOf(span === "7d" ? 50 : 100)).map(([name, rule]) => [`${name}_${span}`, rule]),
  ),
);
