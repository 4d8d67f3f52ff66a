import { counted } from "../domain/counted.ts";
import { midranks } from "../metrics/auc.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Rank correlation that two models of the same rows have at the least; of rows that they share in part, that part of it. Measured on
 * simulated markets with and without a signal, 54 features a model: 0.70 and more over a day or a week of newer data, 0.46 over three
 * months of twelve, 0.24 where no row is shared, since trees find more to split on in some features than in others whatever they learn.
 * Columns in another order, or of another meaning, have 0.
 */
export const MIN_RANK_CORRELATION = 0.4;
/** Of fewer features in common ranks say nothing: the standard error of the correlation is 1 / sqrt(features - 1). */
const MIN_FEATURES = 10;

export interface RankInput {
  /** Share of the total gain by feature. */
  readonly importance: Readonly<Record<string, number>>;
  readonly champion: { readonly version: string; readonly importance: Readonly<Record<string, number>> };
  /** Of the rows that either was trained on, about the share that both were, 0 to 1. */
  readonly overlap: number;
}

/**
 * Fails when the importances of the features that both models have are ranked too differently from those of the version in Production: what
 * a model goes by does not change from one day to the next, and where it seems to, something else did.
 */
export function importanceRankCheck({ importance, champion, overlap }: RankInput): Verdict {
  const verdict = (passed: boolean, detail: string): Verdict => ({ name: "importance_rank_check", passed, detail });
  const { correlation, features } = importanceCorrelation(importance, champion.importance);
  const of = `importances of ${counted(features, "feature")} beside those of version ${champion.version}`;
  if (features < MIN_FEATURES) return verdict(true, `${of}: not compared, ${MIN_FEATURES} are needed`);
  if (correlation === null) return verdict(true, `${of}: not compared, all are the same`);
  const bound = MIN_RANK_CORRELATION * overlap;
  const shared = `${(100 * overlap).toFixed(0)} % of their rows in common`;
  return verdict(
    correlation >= bound,
    `${of}: rank correlation ${correlation.toFixed(2)}, at least ${bound.toFixed(2)} needed with ${shared}`,
  );
}

/** How alike two models rank the features that both have; null where these are too few, or all the same. */
export function importanceCorrelation(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): { readonly correlation: number | null; readonly features: number } {
  const names = Object.keys(one).filter((name) => name in other);
  if (names.length < MIN_FEATURES) return { correlation: null, features: names.length };
  const pick = (from: Readonly<Record<string, number>>) => midranks(Float64Array.from(names, (name) => from[name]!));
  return { correlation: rankCorrelation(pick(one), pick(other)), features: names.length };
}

/** Pearson's correlation of the ranks (Spearman 1904); null where either has ties alone. */
function rankCorrelation(one: Float64Array, other: Float64Array): number | null {
  const centre = (one.length + 1) / 2;
  let [both, own, others] = [0, 0, 0];
  for (let i = 0; i < one.length; i++) {
    const [a, b] = [one[i]! - centre, other[i]! - centre];
    both += a * b;
    own += a * a;
    others += b * b;
  }
  return own === 0 || others === 0 ? null : both / Math.sqrt(own * others);
}
