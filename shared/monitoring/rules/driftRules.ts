import { type MetricRule, SHOWN } from "../metricRule.ts";

/** Two weeks of hourly bars: with ten bins, no drift at all then gives a PSI of 9/240 = 0.04, well below the 0.1 that is judged. */
const MIN_DRIFT_ROWS = 240;

/** Of how far what comes in and out has moved from training. */
export const DRIFT_RULES: Readonly<Record<string, MetricRule>> = {
  psi_median: {
    unit: "PSI",
    bad: "above",
    warning: 0.1,
    breach: 0.25,
    min_n: MIN_DRIFT_ROWS,
    reason:
      "0.1 moderate and 0.25 large shift, the convention (Siddiqi 2006), here of the model's median feature: on four years of EUR_USD and USD_JPY it was 0.03 to 0.12, while the largest one was never below 0.6 (volatility has regimes longer than four weeks).",
  },
  psi_excess: {
    unit: "ratio",
    bad: "above",
    warning: 2,
    breach: 4,
    min_n: MIN_DRIFT_ROWS,
    reason:
      "The worst feature's PSI over the larger of 0.25 and what earlier four weeks of its training set make usual (usualPsi in referenceProfile.ts): at least the most that they reached, at most twice that. Over that most alone it was above 2 once (2.4) in 108 windows of four years of EUR_USD and USD_JPY, and a feature stuck at 0 gave 6 to 24: at least 3 here. In 84 windows of the sandbox's markets, news features among them, it was 1.8 at most.",
  },
  kl_median: {
    ...SHOWN,
    unit: "nats",
    min_n: MIN_DRIFT_ROWS,
    reason: "Shown: half of psi_median where little has changed, by which it is judged.",
  },
  prediction_kl: {
    unit: "nats",
    bad: "above",
    warning: 0.1,
    breach: null,
    min_n: MIN_DRIFT_ROWS,
    reason:
      "0.1: the plan's limit (original-system.md, section 7), and only where it lies below the bootstrap's interval: on 480 rows a divergence of 0.01 is chance.",
  },
  importance_rank: {
    unit: "rank correlation",
    bad: "below",
    warning: 0.2,
    breach: null,
    min_n: 10,
    reason:
      "0.24 was measured where two models share no row (importanceRankCheck.ts), 0.7 and more over a week: below, what the model goes by is another thing.",
  },
  missing_rise: {
    unit: "share",
    bad: "above",
    warning: 0.05,
    breach: 0.2,
    min_n: MIN_DRIFT_ROWS,
    reason:
      "0.2: the original system's limit of missing values; 0.05: Evidently's default. Counted beyond the share in the training set, where warm-up and closed legs are missing too.",
  },
};
