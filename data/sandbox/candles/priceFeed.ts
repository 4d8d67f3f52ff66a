import type { Instant } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { CandleFold } from "./candleFold.ts";

/** The trade of one instrument, simulated or recorded, from which candles of any granularity are built. */
export interface PriceFeed {
  readonly instrument: Instrument;
  /** Length of the smallest candle that can be built. */
  readonly resolution_ms: number;
  /** The first moment at or after `instant` at which there may have been trade; null when there is none by `now`. */
  firstAtOrAfter(instant: Instant, now: Instant): Instant | null;
  /** The last moment before `instant` at which there may have been trade; null when there is none. */
  lastBefore(instant: Instant, now: Instant): Instant | null;
  /** Adds the trade in `[start, end)` that was known at `now`. Both are on the grid of the resolution. */
  fold(start: Instant, end: Instant, now: Instant, into: CandleFold): void;
}

/** The instruments that a server has. Null for one that it has not. */
export interface Market {
  readonly instruments: readonly Instrument[];
  feed(instrument: Instrument): PriceFeed | null;
}
