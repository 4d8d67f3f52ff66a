import { z } from "zod";

/** OANDA v20 candles, as the client accepts them. Prices are strings; `time` is the bar's START. */

export const oandaOhlcSchema = z.object({ o: z.string(), h: z.string(), l: z.string(), c: z.string() });

export const oandaCandleSchema = z.object({
  complete: z.boolean(),
  volume: z.int().nonnegative(),
  time: z.string(),
  mid: oandaOhlcSchema.optional(),
  bid: oandaOhlcSchema.optional(),
  ask: oandaOhlcSchema.optional(),
});
export type OandaCandle = z.infer<typeof oandaCandleSchema>;

/** The envelope only: each candle is parsed by itself, so that one bad candle does not lose the others. */
export const oandaCandlesResponseSchema = z.object({
  instrument: z.string(),
  granularity: z.string(),
  candles: z.array(z.unknown()),
});
export type OandaCandlesResponse = z.infer<typeof oandaCandlesResponseSchema>;

export const oandaErrorSchema = z.object({ errorMessage: z.string(), errorCode: z.string().optional() });

/** Most candles that one answer may hold. */
export const OANDA_MAX_CANDLES = 5_000;
