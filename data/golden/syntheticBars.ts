import type { Bar, Ohlc } from "../../shared/domain/bar.ts";
import { BASE_GRANULARITY } from "../../shared/domain/granularity.ts";
import { HOUR, type Instant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { nextMarketOpen } from "../../shared/domain/marketCalendar.ts";

/** Made-up hourly bars for golden values and tests. Only + - * / and rounding, so that every machine makes the same. */
export interface SyntheticOptions {
  readonly seed: number;
  readonly bars: number;
  /** First bar that may exist; moved to the next open hour. */
  readonly start: Instant;
  readonly price?: number;
  /** Share of open hours without a bar. */
  readonly gap_share?: number;
  readonly mid_only?: boolean;
}

const HALF_SPREAD_SHARE = 1e-4;
const MOVE_SHARE = 1e-3;

/** A random walk on the market's open hours, about 6 bp an hour, with spread and volume that vary. */
export function syntheticBars(instrument: Instrument, options: SyntheticOptions): Bar[] {
  const { seed, bars: count, start, price = 1.35, gap_share = 0, mid_only = false } = options;
  const random = lcg(seed);
  const bars: Bar[] = [];
  let close = price;
  for (let at = nextMarketOpen(start); bars.length < count; at = nextMarketOpen(at + HOUR)) {
    const mid = nextOhlc(close, random);
    const half_spread = price * HALF_SPREAD_SHARE * (0.5 + random());
    const volume = 1 + Math.floor(random() * 2_000);
    close = mid.c;
    if (random() < gap_share) continue;
    bars.push({
      instrument,
      granularity: BASE_GRANULARITY,
      start: at,
      mid,
      bid: mid_only ? null : shifted(mid, -half_spread),
      ask: mid_only ? null : shifted(mid, half_spread),
      volume: mid_only ? null : volume,
    });
  }
  return bars;
}

/** Uniform numbers in [0, 1) from a linear congruential generator (Numerical Recipes' constants), whole-number arithmetic. */
export function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function nextOhlc(previous: number, random: () => number): Ohlc {
  const move = () => previous * MOVE_SHARE * (random() + random() - 1);
  const o = rounded(previous + move() / 10);
  const c = rounded(previous + move() + move());
  const h = rounded(Math.max(o, c) + Math.abs(move()));
  const l = rounded(Math.min(o, c) - Math.abs(move()));
  return { o, h, l, c };
}

function shifted({ o, h, l, c }: Ohlc, by: number): Ohlc {
  return { o: rounded(o + by), h: rounded(h + by), l: rounded(l + by), c: rounded(c + by) };
}

function rounded(price: number): number {
  return Math.round(price * 1e6) / 1e6;
}
