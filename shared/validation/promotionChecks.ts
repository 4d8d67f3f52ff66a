import type { ComparedEvaluation } from "../metrics/evaluateDirection.ts";
import type { ParityResult } from "../models/parity.ts";
import type { FoldFacts } from "./foldFacts.ts";
import { skillCheck } from "./skillCheck.ts";
import { splitCheck } from "./splitCheck.ts";

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
  /** Of all out-of-fold rows. */
  readonly evaluation: ComparedEvaluation;
  readonly folds: readonly FoldFacts[];
  /** Splits of the model that is kept. */
  readonly model_splits: number;
  /** Models that this validation run judges, this one among them. */
  readonly models_judged: number;
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
  readonly name: "parity_check" | "leak_check" | "skill_check" | "split_check" | "sanity_check" | "size_check" | "importance_check";
  readonly passed: boolean;
  /** What was measured against which limit, for people. */
  readonly detail: string;
}

export interface PromotionVerdict {
  readonly checks: readonly PromotionCheck[];
  /** Every check passed. Says that the model is sound, not that it is any good: that is the claim's to say (judgeSkill.ts). */
  readonly passed: boolean;
}

/** The gate between Staging and Production. */
export function promotionChecks(input: PromotionInput): PromotionVerdict {
  const checks: readonly PromotionCheck[] = [
    parityCheck(input),
    leakCheck(input),
    { name: "skill_check", ...skillCheck({ ...input.evaluation, models_judged: input.models_judged }) },
    { name: "split_check", ...splitCheck(input) },
    sanityCheck(input),
    sizeCheck(input),
    importanceCheck(input),
  ];
  return { checks, passed: checks.every((check) => check.passed) };
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
