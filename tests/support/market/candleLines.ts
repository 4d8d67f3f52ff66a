import type { Bar, Ohlc } from "../../../shared/domain/bar.ts";
import { HOUR, type Instant, toIso } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import { createRandom } from "../../../shared/domain/random.ts";

const PRICE = 1.35;
const MOVE = 0.0008;
const HALF_SPREAD = 0.0001;
/** A little better than a coin, so that a model of it is never worse than a constant by bad luck. */
const REVERSAL = 0.55;

/** A seeded walk of `count` hourly bars on the market's open hours; the last one has ended at `end`. */
export function walkUntil(instrument: Instrument, end: Instant, count: number, seed: number): Bar[] {
  const starts: Instant[] = [];
  for (let at = Math.floor(end / HOUR) * HOUR - HOUR; starts.length < count; at -= HOUR) if (isMarketOpen(at)) starts.push(at);
  const random = createRandom(seed);
  let close = PRICE;
  let sign = 1;
  return starts.reverse().map((start) => {
    if (random() < REVERSAL) sign = -sign;
    const open = close;
    close = round(open + sign * MOVE * (0.1 + random()));
    const mid = { o: open, h: round(Math.max(open, close) + MOVE * random()), l: round(Math.min(open, close) - MOVE * random()), c: close };
    const volume = 1 + Math.floor(1_000 * random());
    return { instrument, granularity: "H1", start, mid, bid: shift(mid, -HALF_SPREAD), ask: shift(mid, HALF_SPREAD), volume };
  });
}

/** A bar as OANDA sends it. */
export function toCandle(bar: Bar): Record<string, unknown> {
  return {
    complete: true,
    volume: bar.volume ?? 0,
    time: toIso(bar.start),
    mid: texts(bar.mid),
    ...(bar.bid ? { bid: texts(bar.bid) } : {}),
    ...(bar.ask ? { ask: texts(bar.ask) } : {}),
  };
}

export function toNdjson(bars: readonly Bar[]): string {
  return bars.map((bar) => JSON.stringify(toCandle(bar))).join("\n");
}

function shift({ o, h, l, c }: Ohlc, by: number): Ohlc {
  return { o: round(o + by), h: round(h + by), l: round(l + by), c: round(c + by) };
}

function round(price: number): number {
  return Math.round(price * 1e5) / 1e5;
}

function texts({ o, h, l, c }: Ohlc): Record<string, string> {
  return { o: o.toFixed(5), h: h.toFixed(5), l: l.toFixed(5), c: c.toFixed(5) };
}
