import { type MetricRule, SHOWN } from "../metricRule.ts";
import { WINDOW_RULES } from "./windowRules.ts";

/** Mean of a paired difference or a proportion: from here on the normal approximation holds, and accuracy is known to +- 10 points. */
const MIN_FORECASTS = 100;
/** Half a week of open market since the first prediction. */
const MIN_WEEK_HOURS = 60;

/** Of predictions beside what came. */
export const PERFORMANCE_RULES: Readonly<Record<string, MetricRule>> = {
  log_loss_minus_base: {
    unit: "nats",
    bad: "above",
    warning: 0,
    breach: 0.02,
    min_n: MIN_FORECASTS,
    reason:
      "Above 0 a constant (the base rate of the training set) would serve better. 0.02 nats is what saying 60 % costs where 50 % is true.",
  },
  log_loss: {
    unit: "nats",
    bad: "above",
    warning: Math.LN2,
    breach: null,
    min_n: MIN_FORECASTS,
    reason: "ln 2: a coin. Judged in earnest against the base rate, pair by pair, in log_loss_minus_base.",
  },
  brier: {
    unit: "squared probability",
    bad: "above",
    warning: 0.25,
    breach: null,
    min_n: MIN_FORECASTS,
    reason: "0.25: a coin, as ln 2 of log_loss.",
  },
  accuracy: {
    unit: "share",
    bad: "below",
    warning: 0.5,
    breach: 0.45,
    min_n: MIN_FORECASTS,
    reason: "0.5: a coin. 0.45: the mirror of 0.55, beyond which an accuracy is taken for a leak: an inverted sign.",
  },
  calibration_in_the_large: {
    unit: "probability",
    bad: "away_from_zero",
    warning: 0,
    breach: 0.05,
    min_n: MIN_FORECASTS,
    reason:
      "Mean probability minus the share that rose is 0 for a calibrated model. 0.05: as far as the highest accuracy that is believed lies from a coin.",
  },
  ...WINDOW_RULES,
  interval_coverage_30d: { ...SHOWN, unit: "share", min_n: MIN_FORECASTS, reason: "Shown: judged as coverage_gap_30d." },
  coverage_gap_30d: {
    unit: "share",
    bad: "away_from_zero",
    warning: 0.05,
    breach: null,
    min_n: MIN_FORECASTS,
    reason: "Coverage minus the level that the intervals are made for. 0.05: half of what an interval of 90 % is made to miss.",
  },
  forecast_share_7d: {
    unit: "share",
    bad: "below",
    warning: 0.9,
    breach: null,
    min_n: MIN_WEEK_HOURS,
    reason:
      "Hours that the pipeline predicted in time. About one hour in a hundred has no trade; at 0.9 half a day of a week is missing, and what is measured is of the rest.",
  },
};
