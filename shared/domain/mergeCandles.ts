import { CANDLE_STEPS, type CandleStep, candleNumber, candleStart } from "./candleStep.ts";
import { HOUR, type Instant } from "./instant.ts";

/** Hourly bars of one instrument as columns, ascending by start. NaN: not given. */
export type HourlyColumns = Readonly<Record<"start" | "mid_o" | "mid_h" | "mid_l" | "mid_c" | "bid_c" | "ask_c" | "volume", Float64Array>>;

/** Mid prices of a span, made of the hourly bars in it. */
export interface Candle {
  readonly start: Instant;
  readonly end: Instant;
  /** Hourly bars that it is made of. */
  readonly bars: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Of its last bar; null: that bar has none. */
  readonly bid_close: number | null;
  readonly ask_close: number | null;
  /** Mean over the closes of its bars that have a bid and an ask, in basis points of mid; null: none has. */
  readonly spread_bp: number | null;
  /** Sum of its bars'; null: none has one. */
  readonly volume: number | null;
}

/**
 * The bars as candles of the shortest step that makes at most `max_points` of them, or else of the longest. Nothing is left out: merged, a
 * candle has the first open, the highest high, the lowest low and the last close of its bars.
 */
export function mergeCandles(bars: HourlyColumns, max_points: number): { readonly step: CandleStep; readonly candles: readonly Candle[] } {
  const step = CANDLE_STEPS.find((one) => countCandles(bars.start, one) <= max_points) ?? CANDLE_STEPS.at(-1)!;
  const candles: Candle[] = [];
  for (let from = 0; from < bars.start.length; ) {
    const number = numberOf(step, bars.start[from]!);
    let to = from + 1;
    while (to < bars.start.length && numberOf(step, bars.start[to]!) === number) to++;
    candles.push({ ...spanOf(step, bars.start[from]!), ...mergedOf(bars, from, to) });
    from = to;
  }
  return { step, candles };
}

function countCandles(starts: Float64Array, step: CandleStep): number {
  if (step === "H1") return starts.length;
  let [count, last] = [0, Number.NaN];
  for (const start of starts) {
    const number = candleNumber(step, start);
    if (number !== last) count++;
    last = number;
  }
  return count;
}

/** An hour of the bars is one by itself: New York's clock shows one hour twice a year. */
function numberOf(step: CandleStep, start: Instant): number {
  return step === "H1" ? start / HOUR : candleNumber(step, start);
}

function spanOf(step: CandleStep, first: Instant): Pick<Candle, "start" | "end"> {
  if (step === "H1") return { start: first, end: first + HOUR };
  const number = candleNumber(step, first);
  return { start: candleStart(step, number), end: candleStart(step, number + 1) };
}

/** Of the bars `[from, to)`. */
function mergedOf(bars: HourlyColumns, from: number, to: number): Omit<Candle, "start" | "end"> {
  const last = to - 1;
  let [high, low] = [bars.mid_h[from]!, bars.mid_l[from]!];
  let [spreads, quoted, volume, counted] = [0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    high = Math.max(high, bars.mid_h[i]!);
    low = Math.min(low, bars.mid_l[i]!);
    const spread = ((bars.ask_c[i]! - bars.bid_c[i]!) / bars.mid_c[i]!) * 1e4;
    if (!Number.isNaN(spread)) [spreads, quoted] = [spreads + spread, quoted + 1];
    if (!Number.isNaN(bars.volume[i]!)) [volume, counted] = [volume + bars.volume[i]!, counted + 1];
  }
  return {
    bars: to - from,
    ...{ open: bars.mid_o[from]!, high, low, close: bars.mid_c[last]! },
    bid_close: numberOrNull(bars.bid_c[last]!),
    ask_close: numberOrNull(bars.ask_c[last]!),
    spread_bp: quoted === 0 ? null : spreads / quoted,
    volume: counted === 0 ? null : volume,
  };
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
