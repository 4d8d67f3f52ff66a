import { z } from "zod";
import { DAY } from "../domain/instant.ts";
import { instrumentSchema } from "../domain/instrument.ts";
import { API_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";
import { timeSchema as timeField } from "./timeSchema.ts";

/** GET /api/paper-trades: what the trading rule of this installation would have done with the pipeline's predictions. */

const timeSchema = z.iso.datetime();

export const MAX_TRADE_SPAN_MS = 366 * DAY;
export const DEFAULT_TRADE_SPAN_MS = 28 * DAY;

export const paperTradeSchema = z.object({
  entered_at: timeSchema.describe("the open of the bar that was predicted"),
  left_at: timeSchema.describe("its close"),
  side: z.enum(["long", "short"]),
  prediction: z.number().describe("probability of a rise that the pipeline was given"),
  model_version: z.string(),
  gross_bp: z.number().nullable().describe("log return between mids, in basis points; null: no bid and ask to trade at"),
  net_bp: z.number().nullable().describe("after the spread at both ends"),
  total_gross_bp: z.number().describe("of the trades so far, this one among them"),
  total_net_bp: z.number(),
});

export const paperTradeCollectionSchema = z.object({
  instrument: z.string(),
  from: timeSchema,
  to: timeSchema,
  rule: z
    .object({ long_above: z.number(), short_below: z.number() })
    .describe("probabilities beyond which it trades (TRADE_LONG_ABOVE, TRADE_SHORT_BELOW)"),
  forecasts: z.int().describe("predictions of the pipeline that are decided, traded or not"),
  late: z.int().describe("of them, those that were made too late to trade at the open"),
  trades: z.array(paperTradeSchema).describe("ascending, one unit each, none in the hours of the daily roll"),
});
export type PaperTradeCollection = z.infer<typeof paperTradeCollectionSchema>;

export const listPaperTrades = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/paper-trades",
  summary: "the trades that the installation's rule would have made of the pipeline's predictions, gross and after the spread",
  query: z.strictObject({
    instrument: instrumentSchema,
    from: timeField.optional().describe("RFC 3339: decided after it; 28 days before `to` unless given"),
    to: timeField.optional().describe("RFC 3339: decided by it; now unless given"),
  }),
  answers: { 200: paperTradeCollectionSchema },
  errors: [404],
  has_etag: true,
});
