import { z } from "zod";
import { CANDLE_STEPS } from "../domain/candleStep.ts";
import { BASE_GRANULARITY } from "../domain/granularity.ts";
import { DAY } from "../domain/instant.ts";
import { instrumentSchema } from "../domain/instrument.ts";
import { SESSIONS } from "../domain/session.ts";
import { API_ROUTES } from "./families.ts";
import { limitField } from "./page.ts";
import { defineRoute } from "./route/defineRoute.ts";
import { timeSchema as timeField } from "./timeSchema.ts";

/** GET /api/candles: the stored bars of one pair, merged where they are more than are wanted. */

const timeSchema = z.iso.datetime();
const priceSchema = z.number().describe("mid, in quote currency");

/** Ten years: some 62,000 bars. */
export const MAX_CANDLE_SPAN_MS = 3_660 * DAY;
/** Of open market it holds five days. */
export const DEFAULT_CANDLE_SPAN_MS = 7 * DAY;

export const candleSchema = z.object({
  start: timeSchema,
  end: timeSchema.describe("when all of it can be known"),
  bars: z.int().describe("hourly bars that it is made of"),
  open: priceSchema,
  high: priceSchema,
  low: priceSchema,
  close: priceSchema,
  bid_close: z.number().nullable().describe("null: its last bar has none, as one of a history that is mid alone"),
  ask_close: z.number().nullable(),
  spread_bp: z.number().nullable().describe("mean over the closes of its bars, in basis points of mid"),
  volume: z.number().nullable().describe("ticks, or what the broker of an import counts"),
  session: z.enum(SESSIONS).nullable().describe("which centres are at work at its start; null: it is longer than an hour"),
});
export type CandleView = z.infer<typeof candleSchema>;

export const candleCollectionSchema = z.object({
  instrument: z.string(),
  from: timeSchema,
  to: timeSchema,
  stored_granularity: z.literal(BASE_GRANULARITY),
  bars: z.int().describe("stored in the span"),
  granularity: z.enum(CANDLE_STEPS).describe("of the candles: H1 is as stored; longer ones keep New York's trading days, from 17:00"),
  step_ms: z.int().describe("the length of that, but for an hour where New York's clock changes"),
  candles: z.array(candleSchema).describe("ascending; where nothing was traded there is none"),
});
export type CandleCollection = z.infer<typeof candleCollectionSchema>;

export const listCandles = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/candles",
  summary: "hourly bars of a pair by their newest version; more than max_points are merged into longer candles, and none is left out",
  query: z.strictObject({
    instrument: instrumentSchema,
    from: timeField.optional().describe("RFC 3339: bars that start at it or later; 7 days before `to` unless given"),
    to: timeField.optional().describe("RFC 3339: bars that start before it; the end of the newest bar unless given"),
    max_points: limitField(10_000, 2_000).describe("at most so many candles, as long as each can hold 16 weeks"),
  }),
  answers: { 200: candleCollectionSchema },
  errors: [404],
  has_etag: true,
});
