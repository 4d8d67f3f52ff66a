import type { ComparedEvaluation } from "../metrics/evaluateDirection.ts";
import type { PairedDifference } from "../metrics/logLossDifference.ts";
import type { ParityResult } from "../models/parity.ts";

/**
 * Highest hourly accuracy that is believed on real markets. Honest methods reach 49-52 % there, and more than 55 % out of sample is a
 * leak until proven otherwise (measured on OANDA's hourly candles of 2018-2025; the original Python system's 78-85 % was a random split
 * over overlapping labels). For simulated markets pass the simulation's known optimum instead.
 */
export const MAX_PLAUSIBLE_ACCURACY = 0.55;
/**
 * Fewest out-of-fold rows for a verdict: about six weeks of hourly bars. With 1,000 rows the 95 % interval of accuracy is +- 3.1 points
 * (1.96 sqrt(0.25/1000)); with fewer, a leak of 5 points could not be told from luck.
 */
export const MIN_TEST_ROWS = 1_000;
/** Shares of importance are float32 gains divided by their sum: they add up to 1 within this. */
const IMPORTANCE_SUM_TOLERANCE = 1e-3;
/** From this share on, the report calls a feature dominant. It does not fail the check: a market may really have one signal. */
const DOMINANT_SHARE = 0.5;

export interface PromotionConfig {
  readonly max_plausible_accuracy: number;
  readonly min_test_rows: number;
}

export interface PromotionInput {
  readonly evaluation: ComparedEvaluation;
  /** The model's out-of-fold probabilities. */
  readonly predictions: ArrayLike<number>;
  /** This project's evaluator against XGBoost on the parity rows. */
  readonly parity: ParityResult;
  /** Share of total gain by feature. */
  readonly importance: Readonly<Record<string, number>>;
  readonly feature_names: readonly string[];
  readonly config: PromotionConfig;
}

export interface PromotionCheck {
  readonly name: "parity_check" | "leak_check" | "skill_check" | "sanity_check" | "size_check" | "importance_check";
  readonly passed: boolean;
  /** What was measured against which limit, for people. */
  readonly detail: string;
}

export interface PromotionVerdict {
  readonly checks: readonly PromotionCheck[];
  /** Every check passed. Says that the model is sound, not that it is any good. */
  readonly passed: boolean;
  /** Log loss is significantly below the majority baseline's. False is the usual, honest answer on hourly FX: tag the version with it. */
  readonly skill_shown: boolean;
}

/** The gate between Staging and Production. */
export function promotionChecks(input: PromotionInput): PromotionVerdict {
  const checks = [parityCheck(input), leakCheck(input), skillCheck(input), sanityCheck(input), sizeCheck(input), importanceCheck(input)];
  const { versus_majority } = input.evaluation;
  return { checks, passed: checks.every((check) => check.passed), skill_shown: versus_majority !== null && versus_majority.high < 0 };
}

/** What is served must be what was trained: equal float32 on every parity row. */
function parityCheck({ parity }: PromotionInput): PromotionCheck {
  const { rows, mismatches, largest_difference } = parity;
  const detail =
    rows === 0
      ? "no parity rows to compare"
      : mismatches === 0
        ? `equal to XGBoost bit for bit on ${rows} rows`
        : `${mismatches} of ${rows} rows differ from XGBoost, by up to ${largest_difference}`;
  return { name: "parity_check", passed: rows > 0 && mismatches === 0, detail };
}

/** Fails when accuracy is above the plausible limit by more than chance explains. */
function leakCheck({ evaluation, config }: PromotionInput): PromotionCheck {
  const { accuracy } = evaluation.model;
  if (accuracy === null) return { name: "leak_check", passed: false, detail: "accuracy is not defined without out-of-fold rows" };
  const passed = accuracy.low <= config.max_plausible_accuracy;
  const measured = `accuracy ${percent(accuracy.estimate)} (95 % interval ${percent(accuracy.low)} to ${percent(accuracy.high)})`;
  const limit = percent(config.max_plausible_accuracy);
  return {
    name: "leak_check",
    passed,
    detail: passed
      ? `${measured}, plausible limit ${limit}`
      : `${measured} lies above the plausible limit ${limit}: a leak until proven otherwise`,
  };
}

/** Fails when the model is significantly worse than the majority baseline: it would be better to serve a constant. */
function skillCheck({ evaluation }: PromotionInput): PromotionCheck {
  const difference = evaluation.versus_majority;
  if (difference === null)
    return { name: "skill_check", passed: false, detail: "too few out-of-fold rows to compare log loss with a baseline" };
  const verdict = difference.high < 0 ? "better than" : difference.low > 0 ? "worse than" : "not distinguishable from";
  return {
    name: "skill_check",
    passed: difference.low <= 0,
    detail: `log loss is ${verdict} the majority baseline: difference ${describeDifference(difference)}`,
  };
}

function sanityCheck({ predictions }: PromotionInput): PromotionCheck {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < predictions.length; i++) {
    const p = predictions[i]!;
    if (!(p > 0 && p < 1)) return { name: "sanity_check", passed: false, detail: `prediction ${i} is ${p}, not inside (0, 1)` };
    lowest = Math.min(lowest, p);
    highest = Math.max(highest, p);
  }
  const detail =
    predictions.length === 0
      ? "no predictions"
      : lowest === highest
        ? `all ${predictions.length} predictions are ${lowest}`
        : `${predictions.length} predictions from ${lowest.toFixed(4)} to ${highest.toFixed(4)}`;
  return { name: "sanity_check", passed: lowest < highest, detail };
}

function sizeCheck({ evaluation, config }: PromotionInput): PromotionCheck {
  const { n } = evaluation.model;
  return {
    name: "size_check",
    passed: n >= config.min_test_rows,
    detail: `${n} out-of-fold rows, at least ${config.min_test_rows} needed`,
  };
}

/** Importance must be a distribution over the model's own features. One dominant feature is reported, not refused. */
function importanceCheck({ importance, feature_names }: PromotionInput): PromotionCheck {
  const fail = (detail: string): PromotionCheck => ({ name: "importance_check", passed: false, detail });
  const known = new Set(feature_names);
  const shares = Object.entries(importance).sort(([, a], [, b]) => b - a);
  const unknown = shares.filter(([name]) => !known.has(name)).map(([name]) => name);
  if (unknown.length > 0) return fail(`features that the model does not have: ${unknown.join(", ")}`);
  const odd = shares.find(([, share]) => !(share >= 0 && share <= 1));
  if (odd) return fail(`the share of ${odd[0]} is ${odd[1]}, not within 0 and 1`);
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  if (!(Math.abs(total - 1) <= IMPORTANCE_SUM_TOLERANCE)) return fail(`shares add up to ${total}, not 1`);
  const [name, share] = shares[0]!;
  const dominant = share >= DOMINANT_SHARE ? ": dominant, check that it is known at event time" : "";
  return { name: "importance_check", passed: true, detail: `highest share ${percent(share)} in ${name}${dominant}` };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function describeDifference({ estimate, low, high }: PairedDifference): string {
  return `${estimate.toFixed(5)} nats (95 % interval ${low.toFixed(5)} to ${high.toFixed(5)})`;
}
