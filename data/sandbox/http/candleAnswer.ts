import type { Instant } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { Market, PriceFeed } from "../candles/priceFeed.ts";
import { type DatetimeFormat, renderCandle } from "../candles/renderCandle.ts";
import { selectCandles } from "../candles/selectCandles.ts";
import type { CandleQuery } from "./candleQuery.ts";
import type { FaultQueue } from "./faults.ts";
import { malformCandle } from "./malformCandle.ts";
import { invalidValue } from "./oandaError.ts";

export interface CandleAnswer {
  readonly instrument: Instrument;
  readonly granularity: string;
  readonly candles: readonly unknown[];
}

/** The instrument's feed, or what OANDA answers for one that it has not. */
export function requireFeed(market: Market, instrument: string): PriceFeed {
  const feed = market.feed(instrument);
  if (!feed) throw invalidValue("instrument");
  return feed;
}

/** The body of an answer. An order for a malformed candle is kept until an answer has a candle to break. */
export function answerCandles(feed: PriceFeed, query: CandleQuery, format: DatetimeFormat, faults: FaultQueue, now: Instant): CandleAnswer {
  const { instrument } = feed;
  const style = { instrument, datetime_format: format, price: query.price };
  // Minutes cannot be had from recorded hours: such a history has no candles of that granularity.
  const selected = query.nominal_ms < feed.resolution_ms ? [] : selectCandles(feed, query.grid, query.span, now);
  const candles = selected.map((candle) => renderCandle(candle, style));
  const fault = candles.length > 0 ? faults.take({ instrument }, ["malformed_candle"]) : null;
  return { instrument, granularity: query.granularity, candles: fault ? malformCandle(candles, fault.turn) : candles };
}
