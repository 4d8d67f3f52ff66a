import type { ClassificationInput } from "./classificationInput.ts";
import type { Interval } from "./interval.ts";
import { logLossRows } from "./logLoss.ts";
import { type DependenceOptions, mean, meanStandardError, robustInterval, termsOf } from "./meanInterval.ts";

/** Mean difference of log loss, model minus baseline: negative where the model is better. */
export interface PairedDifference extends Interval {
  readonly standard_error: number;
  /** Diebold-Mariano statistic, estimate / se, near N(0, 1) when both are equally good. Null when no row differs in its difference (se = 0). */
  readonly statistic: number | null;
}

/**
 * Log loss of the model minus that of a baseline on the same rows, d_i = l_i(model) - l_i(baseline): mean, Newey-West se and 95 % interval.
 * Pairing removes what both find hard in an hour, so it sees far smaller differences than two separate intervals. Null for fewer than two rows.
 * Reference: Diebold & Mariano 1995, Journal of Business & Economic Statistics 13(3).
 */
export function logLossDifference(
  input: ClassificationInput & DependenceOptions & { readonly baseline: ArrayLike<number> },
): PairedDifference | null {
  const model = logLossRows(input);
  const baseline = logLossRows({ y: input.y, p: input.baseline });
  const differences = model.map((loss, i) => loss - baseline[i]!);
  const standard_error = meanStandardError(differences, input);
  if (standard_error === null) return null;
  const interval = robustInterval(mean(differences), standard_error, termsOf(differences, input), input);
  return { ...interval, standard_error, statistic: standard_error > 0 ? interval.estimate / standard_error : null };
}
