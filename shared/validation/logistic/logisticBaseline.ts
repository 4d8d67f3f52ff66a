import type { Fold } from "../../contracts/training.ts";
import { fitLogistic, logisticProbabilities } from "./fitLogistic.ts";
import { standardiser } from "./standardise.ts";

/**
 * L2 penalty a feature. With k features each weight then has the prior variance 1 / (25 k): together they move the log-odds by 0.2 and the
 * probability by 5 points (one standard deviation), 1 % of the label's variance, which is more than an hour's direction has shown on any
 * real pair. A weaker penalty fits noise and is easier to beat: with 63 features and 1,000 rows, the usual libraries' C = 1 costs about
 * k / 2n = 0.03 nats.
 */
const PENALTY_A_FEATURE = 25;

/**
 * Out-of-fold probabilities of an L2-regularised logistic regression on the model's own features, fold by fold from its training rows
 * alone, in the order of the folds' test rows: what the trees must beat to be worth more than a straight line. Labels over `horizon_bars`
 * bars tell as much as a part of their number (effectiveRows.ts), against which the penalty stands.
 */
export function logisticBaseline(
  folds: readonly Fold[],
  features: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  horizon_bars: number,
): Float64Array {
  const penalty_a_feature = PENALTY_A_FEATURE * horizon_bars;
  const parts = folds.map(({ train, test }) => {
    const { width, design } = standardiser(features, train);
    const labels = Float64Array.from({ length: train.end - train.start }, (_, i) => y[train.start + i]!);
    const weights = fitLogistic({ design: design(train), width, y: labels, penalty: penalty_a_feature * (width - 1) });
    return logisticProbabilities(design(test), weights);
  });
  const out = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
