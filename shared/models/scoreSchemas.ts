import { z } from "zod";
import { DIMENSIONS } from "../validation/breakdown.ts";

/** The shapes of figures of rows, as they are stored and answered. */

export const intervalSchema = z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable();

const nullableNumber = z.number().nullable();

/** shared/metrics/detailedScores.ts */
export const detailedScoresSchema = z.object({
  f1: nullableNumber.describe("of the class rise; two thirds for a model that always says so at even odds"),
  mcc: nullableNumber.describe("Matthews' correlation of direction and outcome; 0 without skill"),
  ece: nullableNumber.describe("expected calibration error in ten bins of equal mass"),
  ece_of_chance: nullableNumber.describe("what a perfectly calibrated model has of it on so many rows"),
  brier_parts: z
    .object({ reliability: z.number(), resolution: z.number(), uncertainty: z.number(), within_bins: z.number() })
    .nullable()
    .describe("Murphy's decomposition, without what chance adds: score = reliability - resolution + uncertainty + within_bins"),
});

/** The model's, with the 95 % intervals of a block bootstrap. */
export const modelScoresSchema = detailedScoresSchema.extend({ intervals: z.object({ f1: intervalSchema, mcc: intervalSchema }) });

/** A part of the rows, beside these baselines (shared/validation/breakdown.ts). */
export function partSchema<Baseline extends string>(baselines: readonly Baseline[]) {
  return detailedScoresSchema.extend({
    by: z.enum(DIMENSIONS),
    key: z.string().describe("an instrument, outside_rollover or rollover, a session, or a month of UTC"),
    n: z.int(),
    base_rate: nullableNumber,
    log_loss: intervalSchema.describe("nats"),
    brier: intervalSchema,
    accuracy: intervalSchema,
    log_loss_minus: z.record(z.enum(baselines), intervalSchema).describe("below 0 the model is better"),
    net_bp: intervalSchema.describe("of a trade in every direction after the spread, in basis points"),
  });
}
