import { z } from "zod";
import { RECORD_BASELINES } from "../backtest/judgeRecord.ts";
import { DAY } from "../domain/instant.ts";
import { modelClaimSchema } from "../models/modelClaim.ts";
import { intervalSchema, modelScoresSchema, partSchema } from "../models/scoreSchemas.ts";
import { API_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";
import { timeSchema } from "./timeSchema.ts";

/** GET /api/models/{name}/record: what a model was worth while it was in Production. */

/** A span that is answered within seconds. */
export const MAX_RECORD_MS = 731 * DAY;

const scoresSchema = z.object({
  accuracy: intervalSchema,
  log_loss: intervalSchema.describe("nats"),
  brier: intervalSchema,
  auc: intervalSchema,
});

const backtestSchema = z.object({
  rows: z.int().describe("bars outside the rollover, where alone is traded"),
  trades: z.int(),
  longs: z.int(),
  without_price: z.int().describe("would have been traded, had they a bid and an ask"),
  gross_bp: intervalSchema.describe("log return of a trade between mids, in basis points"),
  cost_bp: z.number().nullable().describe("spread of a trade, half of it at each end"),
  net_bp: intervalSchema.describe("what is left of a trade"),
  total_gross_bp: z.number(),
  total_net_bp: z.number(),
  hit_rate: intervalSchema.describe("share of trades that won after costs"),
  break_even_accuracy: z
    .number()
    .nullable()
    .describe("share of directions that must be right for the spread to be earned; above 1: none can"),
  turnover_per_day: z.number().nullable().describe("round trips in 24 bars"),
  sharpe: intervalSchema.describe("annual, of all bars, with Lo's correction for dependence"),
  deflated_sharpe: z.number().nullable().describe("probability that it is above 0, given the trials"),
  trials: z.int(),
  max_drawdown_bp: intervalSchema,
});
export type BacktestView = z.infer<typeof backtestSchema>;

export const modelRecordSchema = z.object({
  name: z.string(),
  instrument: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  versions: z.array(z.string()).describe("which answered, in the order of their time"),
  rows: z.int().describe("bars outside the rollover that a version in Production could answer, and whose outcome is known"),
  model: scoresSchema,
  baselines: z.record(z.enum(RECORD_BASELINES), scoresSchema).describe("without a model: one half, and what was known of rises by then"),
  log_loss_minus: z.record(z.enum(RECORD_BASELINES), intervalSchema).describe("below 0 the model is better"),
  scores: modelScoresSchema,
  breakdown: z
    .array(partSchema(RECORD_BASELINES))
    .describe("by hours, session and month; a part that stands out is a question and no finding"),
  every_direction: backtestSchema.describe("every direction that /predict would have said, traded"),
  by_rule: backtestSchema
    .extend({ rule: z.object({ long_above: z.number(), short_below: z.number() }) })
    .describe("only what lies beyond the rule"),
  skill: modelClaimSchema.shape.skill,
  verdict: z.string(),
});
export type ModelRecord = z.infer<typeof modelRecordSchema>;

export const readModelRecord = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/models/{name}/record",
  summary:
    "what a model's versions were worth while each was in Production: accuracy, log loss and results after the spread, beside what needs no model",
  query: z.strictObject({
    from: timeSchema.optional().describe("a year before `to` unless given"),
    to: timeSchema.optional().describe("now unless given; outcomes that were decided later are left out"),
  }),
  answers: { 200: modelRecordSchema },
  errors: [404],
});
