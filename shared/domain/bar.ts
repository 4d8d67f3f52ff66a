import { GRANULARITY_MS, type Granularity } from "./granularity.ts";
import type { Instant } from "./instant.ts";
import type { Instrument } from "./instrument.ts";

/** Open, high, low and close of one price, in quote currency per unit of base currency. */
export interface Ohlc {
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
}

/**
 * One finished candle. `start` is the bar's START (OANDA's `time`); the bar is known at `start + granularity`.
 * Bid, ask and volume are null together with what they were never given: an imported mid-only history has none.
 */
export interface Bar {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  readonly start: Instant;
  readonly mid: Ohlc;
  readonly bid: Ohlc | null;
  readonly ask: Ohlc | null;
  /** Number of price ticks; of imported bars what the broker counts, which need not be whole. */
  readonly volume: number | null;
}

/** Event time of a bar: the end of what it describes, and the earliest moment at which it can be known. */
export function barEnd(bar: Pick<Bar, "start" | "granularity">): Instant {
  return bar.start + GRANULARITY_MS[bar.granularity];
}
