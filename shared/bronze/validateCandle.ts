import { isRefusal, parseCandleRecord } from "../contracts/candleFiles.ts";
import { type Bar, barEnd, type Ohlc } from "../domain/bar.ts";
import { type Granularity, isOnGrid } from "../domain/granularity.ts";
import { type Instant, toIso } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import { pricePrecision } from "../domain/legs.ts";
import { isClosedFor, isWeekend } from "../domain/marketCalendar.ts";
import type { CandleRefusal } from "../domain/rejectReason.ts";

/** What a bronze object says that its candles are. */
export interface ExpectedCandle {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
}

/**
 * One raw candle as a bar that may be stored, or the first reason why not, most basic first. Never throws.
 * `now` is the end of the run's data interval: a bar that ends later cannot have been known.
 */
export function validateCandle(raw: unknown, expected: ExpectedCandle, now: Instant): Bar | CandleRefusal {
  const bar = parseCandleRecord(raw, expected);
  return isRefusal(bar) ? bar : judgeBar(bar, expected, now);
}

/** As validateCandle, of a candle whose form is read. */
export function judgeBar(bar: Bar, expected: ExpectedCandle, now: Instant): Bar | CandleRefusal {
  return findMismatch(bar, expected) ?? findBadTime(bar, now) ?? findBadPrices(bar) ?? bar;
}

function findMismatch(bar: Bar, expected: ExpectedCandle): CandleRefusal | null {
  if (bar.instrument !== expected.instrument) {
    return { reason: "wrong_instrument", detail: `instrument: expected ${expected.instrument}, found ${bar.instrument}` };
  }
  if (bar.granularity !== expected.granularity) {
    return { reason: "wrong_granularity", detail: `granularity: expected ${expected.granularity}, found ${bar.granularity}` };
  }
  return null;
}

function findBadTime(bar: Bar, now: Instant): CandleRefusal | null {
  if (!isOnGrid(bar.start, bar.granularity)) {
    return { reason: "off_grid", detail: `time: no ${bar.granularity} bar starts at ${toIso(bar.start)}` };
  }
  if (barEnd(bar) > now) {
    return { reason: "in_future", detail: `time: the bar of ${toIso(bar.start)} ends at ${toIso(barEnd(bar))}, after ${toIso(now)}` };
  }
  if (isClosedFor(bar.instrument, bar.start)) {
    const when = isWeekend(bar.start)
      ? "on the weekend, Friday 17:00 to Sunday 17:00 New York"
      : "on a holiday, the trading day to 17:00 New York";
    return { reason: "market_closed", detail: `time: ${toIso(bar.start)} is ${when}` };
  }
  return null;
}

function findBadPrices(bar: Bar): CandleRefusal | null {
  if (isSound(bar.mid) && (bar.bid === null || isSound(bar.bid)) && (bar.ask === null || isSound(bar.ask))) return findCrossed(bar);
  const sides = [
    ["mid", bar.mid],
    ["bid", bar.bid],
    ["ask", bar.ask],
  ] as const;
  for (const rule of [findNotPositive, findHighBelowLow, findOutside]) {
    for (const [side, prices] of sides) {
      const refusal = prices && rule(side, prices, bar.instrument);
      if (refusal) return refusal;
    }
  }
  return findCrossed(bar);
}

/** Nothing of these prices is wrong by any of the rules below, as nearly always. */
function isSound({ o, h, l, c }: Ohlc): boolean {
  return l > 0 && o >= l && o <= h && c >= l && c <= h;
}

function findNotPositive(side: string, prices: Ohlc): CandleRefusal | null {
  for (const corner of ["o", "h", "l", "c"] as const) {
    if (prices[corner] <= 0) return { reason: "not_positive", detail: `${side}.${corner}: ${prices[corner]} is not above 0` };
  }
  return null;
}

function findHighBelowLow(side: string, { h, l }: Ohlc): CandleRefusal | null {
  return h < l ? { reason: "high_below_low", detail: `${side}: high ${h} is below low ${l}` } : null;
}

/**
 * Open and close lie between low and high. A mid that its source computed may be rounded corner by corner, half a
 * quoted unit each way: one unit of the last quoted place is let pass.
 */
function findOutside(side: string, { o, h, l, c }: Ohlc, instrument: Instrument): CandleRefusal | null {
  const tolerance = 1.000_001 * 10 ** -pricePrecision(instrument);
  for (const [name, price] of [
    ["open", o],
    ["close", c],
  ] as const) {
    if (price > h + tolerance || price < l - tolerance) {
      return { reason: "outside_high_low", detail: `${side}: ${name} ${price} is outside low ${l} to high ${h}` };
    }
  }
  return null;
}

/**
 * With bid <= ask at every tick, all four corners keep the order: open and close are ticks, the highest bid is at most
 * the ask of its moment and so the highest ask, and likewise for the lows.
 */
function findCrossed({ bid, ask }: Bar): CandleRefusal | null {
  if (!bid || !ask) return null;
  for (const corner of ["o", "h", "l", "c"] as const) {
    if (bid[corner] > ask[corner]) {
      return { reason: "bid_above_ask", detail: `bid.${corner} ${bid[corner]} is above ask.${corner} ${ask[corner]}` };
    }
  }
  return null;
}
