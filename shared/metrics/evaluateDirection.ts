import { accuracy } from "./accuracy.ts";
import { auc } from "./auc.ts";
import { brier } from "./brier.ts";
import { type ClassificationInput, checkClassificationInput, type OverlapOptions } from "./classificationInput.ts";
import type { Interval } from "./interval.ts";
import { logLoss } from "./logLoss.ts";
import { logLossDifference, type PairedDifference } from "./logLossDifference.ts";
import { type DependenceOptions, mean } from "./meanInterval.ts";

/** How well one set of out-of-fold probabilities did. A metric that is not defined on these rows is null. */
export interface DirectionEvaluation {
  readonly n: number;
  /** Share of rows that rose. */
  readonly base_rate: number | null;
  readonly lag: number;
  readonly log_loss: Interval | null;
  readonly brier: Interval | null;
  readonly auc: Interval | null;
  readonly accuracy: Interval | null;
}

/** What a model is compared with, see shared/validation/baselines.ts. majority is the base rate of the training rows. */
export const BASELINES = ["majority", "momentum", "logistic"] as const;
export type Baseline = (typeof BASELINES)[number];

/** The model beside its baselines, on the same rows; and by how much its log loss differs from that of each. */
export type ComparedEvaluation = Readonly<
  Record<"model" | Baseline, DirectionEvaluation> & Record<`versus_${Baseline}`, PairedDifference | null>
>;

/**
 * All metrics of one instrument's rows, ascending in time. Meant for one instrument at a time: rows of the same hour over several
 * instruments are not independent. For pooled rows pass `clusters` (the event times): log loss and Brier then get honest intervals,
 * while those of accuracy and AUC stay too narrow.
 */
export function evaluateDirection(input: ClassificationInput & DependenceOptions & OverlapOptions): DirectionEvaluation {
  checkClassificationInput(input);
  return {
    n: input.y.length,
    base_rate: input.y.length === 0 ? null : mean(input.y),
    lag: input.lag ?? 0,
    log_loss: logLoss(input),
    brier: brier(input),
    auc: auc(input),
    accuracy: accuracy(input),
  };
}

/** `evaluateDirection` of the model and its baselines, with the paired differences of log loss. */
export function compareWithBaselines(
  input: ClassificationInput & DependenceOptions & OverlapOptions & { readonly baselines: Readonly<Record<Baseline, ArrayLike<number>>> },
): ComparedEvaluation {
  const { majority, momentum, logistic } = input.baselines;
  return {
    model: evaluateDirection(input),
    majority: evaluateDirection({ ...input, p: majority }),
    momentum: evaluateDirection({ ...input, p: momentum }),
    logistic: evaluateDirection({ ...input, p: logistic }),
    versus_majority: logLossDifference({ ...input, baseline: majority }),
    versus_momentum: logLossDifference({ ...input, baseline: momentum }),
    versus_logistic: logLossDifference({ ...input, baseline: logistic }),
  };
}
