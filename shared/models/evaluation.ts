import { z } from "zod";
import { calibrationRecordSchema } from "../calibration/calibrationRecord.ts";
import { BASELINES } from "../metrics/evaluateDirection.ts";
import { modelClaimSchema } from "./modelClaim.ts";
import { presentModelName } from "./modelName.ts";
import { detailedScoresSchema, intervalSchema, modelScoresSchema, partSchema } from "./scoreSchemas.ts";

/** What evaluate_model writes to the lake beside a model, and the later steps and pages read. */

const pairedDifferenceSchema = z
  .object({ estimate: z.number(), low: z.number(), high: z.number(), standard_error: z.number(), statistic: z.number().nullable() })
  .nullable();

const directionEvaluationSchema = z.object({
  n: z.int(),
  base_rate: z.number().nullable(),
  lag: z.int(),
  log_loss: intervalSchema,
  brier: intervalSchema,
  auc: intervalSchema,
  accuracy: intervalSchema,
});

const comparedSchema = z.object({
  model: directionEvaluationSchema,
  majority: directionEvaluationSchema,
  momentum: directionEvaluationSchema,
  logistic: directionEvaluationSchema,
  versus_majority: pairedDifferenceSchema,
  versus_momentum: pairedDifferenceSchema,
  versus_logistic: pairedDifferenceSchema,
});

const hoursSchema = z.object({
  compared: comparedSchema,
  net: z.object({ trades: z.int(), without_price: z.int(), net_bp: intervalSchema }),
  /** Missing in an evaluation from before there were any. */
  scores: z
    .object({
      model: detailedScoresSchema,
      majority: detailedScoresSchema,
      momentum: detailedScoresSchema,
      logistic: detailedScoresSchema,
      intervals: modelScoresSchema.shape.intervals,
    })
    .optional(),
});

export const evaluationSchema = z.object({
  run_id: z.string(),
  model_name: z.string().transform(presentModelName),
  instrument: z.string(),
  /** Bars ahead; an evaluation from before there were others is of one. */
  horizon_bars: z.int().default(1),
  dataset: z.string(),
  profile: z.string(),
  /** Out-of-fold metrics of what is served, the mean of the seeds by margin and calibrated, beside the baselines on the same rows. */
  hours: z.object({ all: hoursSchema, outside_rollover: hoursSchema, rollover: hoursSchema }),
  /** The same figures by session and month; missing in an evaluation from before. */
  breakdown: z.array(partSchema(BASELINES)).optional(),
  /** What the model may claim, from the rows outside the rollover. */
  claim: modelClaimSchema,
  /** Out-of-fold log loss and accuracy of every seed alone: how much of a single one's result is luck. */
  seeds: z.array(z.object({ seed: z.int(), log_loss: z.number().nullable(), accuracy: z.number().nullable() })),
  folds: z.array(z.object({ train_rows: z.int(), test_rows: z.int(), splits: z.array(z.int()), unique_predictions: z.int() })),
  /** Splits of the model that is kept. */
  model_splits: z.int(),
  /** Rounds of each seed of it; null of one from before they could differ. */
  model_rounds: z.array(z.int()).nullable().default(null),
  /** Out-of-fold probabilities of what is served, by dataset row, and those of the trees; one from before calibration has no others. */
  out_of_fold: z.object({ rows: z.array(z.int()), predictions: z.array(z.number()), raw_predictions: z.array(z.number()).optional() }),
  /** Null in one from before calibration: what the trees say is served. */
  calibration: calibrationRecordSchema.nullable().default(null),
  importance: z.record(z.string(), z.number()),
  parity: z.object({ rows: z.int(), mismatches: z.int(), largest_difference: z.number() }),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
