import { z } from "zod";

/** What evaluate_model writes to the lake beside a model, and the later steps and pages read. */

const intervalSchema = z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable();

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

export const evaluationSchema = z.object({
  run_id: z.string(),
  model_name: z.string(),
  instrument: z.string(),
  dataset: z.string(),
  profile: z.string(),
  /** Out-of-fold metrics of the seed that the kept model was trained with, beside the baselines on the same rows. */
  compared: z.object({
    model: directionEvaluationSchema,
    majority: directionEvaluationSchema,
    momentum: directionEvaluationSchema,
    versus_majority: pairedDifferenceSchema,
    versus_momentum: pairedDifferenceSchema,
  }),
  /** Out-of-fold log loss and accuracy of every seed: how much of the result is the seed's luck. */
  seeds: z.array(z.object({ seed: z.int(), log_loss: z.number().nullable(), accuracy: z.number().nullable() })),
  /** Out-of-fold probabilities of the first seed, by dataset row. */
  out_of_fold: z.object({ rows: z.array(z.int()), predictions: z.array(z.number()) }),
  importance: z.record(z.string(), z.number()),
  parity: z.object({ rows: z.int(), mismatches: z.int(), largest_difference: z.number() }),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
