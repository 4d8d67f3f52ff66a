import { accuracy } from "./accuracy.ts";
import { auc } from "./auc.ts";
import { brier } from "./brier.ts";
import { type ClassificationInput, checkClassificationInput } from "./classificationInput.ts";
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

/** The model beside its baselines, on the same rows. */
export interface ComparedEvaluation {
  readonly model: DirectionEvaluation;
  readonly majority: DirectionEvaluation;
  readonly momentum: DirectionEvaluation;
  readonly versus_majority: PairedDifference | null;
  readonly versus_momentum: PairedDifference | null;
}

/**
 * All metrics of one instrument's rows, ascending in time. Meant for one instrument at a time: rows of the same hour over several
 * instruments are not independent. For pooled rows pass `clusters` (the event times): log loss and Brier then get honest intervals,
 * while those of accuracy and AUC stay too narrow.
 */
export function evaluateDirection(input: ClassificationInput & DependenceOptions): DirectionEvaluation {
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

/** `evaluateDirection` of the model and both baselines, with the paired differences of log loss. */
export function compareWithBaselines(
  input: ClassificationInput &
    DependenceOptions & { readonly baselines: { readonly majority: ArrayLike<number>; readonly momentum: ArrayLike<number> } },
): ComparedEvaluation {
  const { majority, momentum } = input.baselines;
  return {
    model: evaluateDirection(input),
    majority: evaluateDirection({ ...input, p: majority }),
    momentum: evaluateDirection({ ...input, p: momentum }),
    versus_majority: logLossDifference({ ...input, baseline: majority }),
    versus_momentum: logLossDifference({ ...input, baseline: momentum }),
  };
}
