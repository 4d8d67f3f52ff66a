import type { Bar, Ohlc } from "../../../shared/domain/bar.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import type { MarketFeature } from "../../../shared/features/defineFeature.ts";
import { createMarketWindow, type MarketWindow } from "../../../shared/features/marketWindow.ts";

/** Monday 6 January 2025, 00:00 UTC. */
export const MONDAY = Date.UTC(2025, 0, 6);

export interface BarParts {
  readonly hour?: number;
  readonly o?: number;
  readonly h?: number;
  readonly l?: number;
  readonly c: number;
  readonly bid?: number;
  readonly ask?: number;
  readonly volume?: number;
}

/** One bar an hour from MONDAY (or at `hour`s after it); what is left out equals the close, and quotes and volume are null. */
export function barsOf(instrument: Instrument, parts: readonly (number | BarParts)[]): Bar[] {
  return parts.map((part, index) => {
    const {
      hour = index,
      c,
      o = c,
      h = Math.max(o, c),
      l = Math.min(o, c),
      bid,
      ask,
      volume,
    } = typeof part === "number" ? { c: part } : part;
    return {
      instrument,
      granularity: "H1",
      start: MONDAY + hour * HOUR,
      mid: { o, h, l, c },
      bid: bid === undefined ? null : flat(bid),
      ask: ask === undefined ? null : flat(ask),
      volume: volume ?? null,
    };
  });
}

/** The window that ends with the last of these bars. */
export function windowOf(parts: readonly (number | BarParts)[], instrument: Instrument = "USD_SGD"): MarketWindow {
  const series = toBarSeries(barsOf(instrument, parts));
  return createMarketWindow(instrument, series, series.length - 1, new Map());
}

export function lastValue(feature: MarketFeature, parts: readonly (number | BarParts)[]): number | null {
  return feature.compute(windowOf(parts));
}

export function repeat<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

/** 1, 2, ..., count, plus `offset`. */
export function ramp(count: number, offset = 0): number[] {
  return Array.from({ length: count }, (_, i) => i + 1 + offset);
}

function flat(price: number): Ohlc {
  return { o: price, h: price, l: price, c: price };
}
