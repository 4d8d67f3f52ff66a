import { type ClassificationInput, checkClassificationInput } from "./classificationInput.ts";
import type { Interval } from "./interval.ts";
import { type DependenceOptions, meanInterval } from "./meanInterval.ts";

/** Probabilities are moved this far inside (0, 1), so that one certain and wrong row costs 34.5 nats, not infinity. The bound that scikit-learn used before 1.3. */
export const LOG_LOSS_EPS = 1e-15;

/** -[y ln p + (1 - y) ln(1 - p)] of every row, in nats, p clipped to [eps, 1 - eps]. Reference: Good 1952, JRSS B 14(1). */
export function logLossRows({ y, p }: ClassificationInput): Float64Array {
  checkClassificationInput({ y, p });
  const losses = new Float64Array(y.length);
  for (let i = 0; i < losses.length; i++) {
    const clipped = Math.min(Math.max(p[i]!, LOG_LOSS_EPS), 1 - LOG_LOSS_EPS);
    losses[i] = y[i] === 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
  }
  return losses;
}

/** Mean log loss in nats (ln 2 = 0.693 is a coin) with its Newey-West interval. Null for fewer than two rows. */
export function logLoss(input: ClassificationInput & DependenceOptions): Interval | null {
  return meanInterval(logLossRows(input), input);
}
