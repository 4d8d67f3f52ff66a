import { z } from "zod";
import { dependenceOf } from "../metrics/dependenceOf.ts";
import { logLoss } from "../metrics/logLoss.ts";
import { logLossDifference } from "../metrics/logLossDifference.ts";
import type { Calibration } from "./calibrateOutOfFold.ts";
import { calibratorSchema } from "./calibrator.ts";
import type { OutOfFoldRows } from "./outOfFoldRows.ts";
import { reliability, reliabilityBinSchema } from "./reliability.ts";
import { type ReturnInterval, returnIntervalSchema } from "./returnInterval.ts";

const intervalSchema = z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable();
const differenceSchema = z
  .object({ estimate: z.number(), low: z.number(), high: z.number(), standard_error: z.number(), statistic: z.number().nullable() })
  .nullable();
const kindSchema = z.enum(["none", "platt", "isotonic"]);

/** calibration.json: how a model's probabilities are calibrated, why so, and what it did out of fold. */
export const calibrationRecordSchema = z.object({
  /** What is served with the model; the model card has it too. */
  calibrator: calibratorSchema,
  reason: z.string(),
  candidates: z.array(z.object({ kind: kindSchema, minus_none: differenceSchema })),
  /** The kind that each fold's rows were calibrated by, chosen and fitted on the folds before it. */
  fold_kinds: z.array(kindSchema),
  /** Log loss of the trees' own probabilities out of fold, and that of the calibrated ones minus it, in nats. */
  raw_log_loss: intervalSchema,
  log_loss_minus_raw: differenceSchema,
  /** Bins of equal numbers of all out-of-fold rows: by the trees' own probabilities, and by the calibrated ones. */
  reliability: z.object({ before: z.array(reliabilityBinSchema), after: z.array(reliabilityBinSchema) }),
  /** How an interval for the return is made; null where none could be tested. The model card has it too. */
  return_interval: returnIntervalSchema.nullable().default(null),
});
export type CalibrationRecord = z.infer<typeof calibrationRecordSchema>;

export function calibrationRecord(
  { event_time, y, raw, horizon_bars }: OutOfFoldRows,
  calibration: Calibration,
  return_interval: ReturnInterval | null,
): CalibrationRecord {
  const { calibrator, reason, candidates, fold_kinds, predictions } = calibration;
  const dependence = dependenceOf(event_time, horizon_bars);
  return {
    calibrator,
    reason,
    candidates: [...candidates],
    fold_kinds: [...fold_kinds],
    raw_log_loss: logLoss({ y, p: raw, ...dependence }),
    log_loss_minus_raw: logLossDifference({ y, p: predictions, baseline: raw, ...dependence }),
    reliability: { before: reliability({ y, p: raw }), after: reliability({ y, p: predictions }) },
    return_interval,
  };
}
