import type { Instant } from "../../../shared/domain/instant.ts";
import { CandleFold, type TickOhlc } from "./candleFold.ts";
import type { CandleGrid } from "./candleGrid.ts";
import type { PriceFeed } from "./priceFeed.ts";

export interface TickCandle {
  readonly start: Instant;
  readonly is_complete: boolean;
  readonly fold: CandleFold;
}

/** Which candles: from `from` on, or, where it is null, the last ones before `to`. */
export interface CandleSpan {
  readonly from: Instant | null;
  /** Candles that start before this; null for up to the present. */
  readonly to: Instant | null;
  readonly count: number;
  /** Whether the candle that covers `from` is wanted. */
  readonly includes_first: boolean;
  /** Whether a candle opens at the close of the one before it. */
  readonly is_smooth: boolean;
}

/** The candles of a span, oldest first. A period without trade has none. Nothing in them was unknown at `now`. */
export function selectCandles(feed: PriceFeed, grid: CandleGrid, span: CandleSpan, now: Instant): TickCandle[] {
  // The present moment itself may belong to a candle that starts right now.
  const to = Math.min(span.to ?? now + 1, now + 1);
  const reader = { feed, grid, now };
  const candles = span.from === null ? backward(reader, to, span.count) : forward(reader, span.from, to, span);
  return span.is_smooth ? smooth(reader, candles) : candles;
}

interface Reader {
  readonly feed: PriceFeed;
  readonly grid: CandleGrid;
  readonly now: Instant;
}

function forward(reader: Reader, from: Instant, to: Instant, span: CandleSpan): TickCandle[] {
  const { feed, grid, now } = reader;
  const candles: TickCandle[] = [];
  const covering = grid.startOf(from);
  let cursor = span.includes_first ? covering : grid.endOf(covering);
  while (candles.length < span.count) {
    const moment = feed.firstAtOrAfter(cursor, now);
    if (moment === null) break;
    const start = Math.max(cursor, grid.startOf(moment));
    if (start >= to) break;
    cursor = grid.endOf(start);
    const candle = build(reader, start, cursor);
    if (candle) candles.push(candle);
  }
  return candles;
}

function backward(reader: Reader, to: Instant, count: number): TickCandle[] {
  const { feed, grid, now } = reader;
  const candles: TickCandle[] = [];
  let cursor = to;
  while (candles.length < count) {
    const moment = feed.lastBefore(cursor, now);
    if (moment === null) break;
    const start = grid.startOf(moment);
    const candle = build(reader, start, grid.endOf(start));
    if (candle) candles.push(candle);
    cursor = start;
  }
  return candles.reverse();
}

function build({ feed, now }: Reader, start: Instant, end: Instant): TickCandle | null {
  const fold = new CandleFold();
  feed.fold(start, end, now, fold);
  return fold.isEmpty ? null : { start, is_complete: end <= now, fold };
}

/** OANDA's `smooth`: the open is the close of the previous candle, and high and low reach to it. */
function smooth(reader: Reader, candles: TickCandle[]): TickCandle[] {
  const first = candles[0];
  if (!first) return candles;
  let previous = backward(reader, first.start, 1)[0]?.fold ?? null;
  for (const { fold } of candles) {
    if (previous) {
      openAt(fold.mid, previous.mid.c);
      if (fold.hasQuotes && previous.hasQuotes) {
        openAt(fold.bid, previous.bid.c);
        openAt(fold.ask, previous.ask.c);
      }
    }
    previous = fold;
  }
  return candles;
}

function openAt(ohlc: TickOhlc, open: number): void {
  ohlc.o = open;
  ohlc.h = Math.max(ohlc.h, open);
  ohlc.l = Math.min(ohlc.l, open);
}
