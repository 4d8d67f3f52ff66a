import { lcg, syntheticBars } from "../../../data/golden/syntheticBars.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";

/** What a market may do that an ordinary one does not. */
export interface Oddities {
  readonly seed: number;
  readonly bars: number;
  readonly start: Instant;
  /** Share of open hours without a bar. */
  readonly gap_share: number;
  /** Share of stretches of some days in which the price stands still and the spread is nothing. */
  readonly flat_share: number;
  /** Share of stretches that have only mid prices, or no volume. */
  readonly quoteless_share: number;
}

/** Bars of a walk in which stretches of 1 to 400 bars, each odd in its way, follow one another. */
export function oddBars(instrument: Instrument, { flat_share, quoteless_share, ...walk }: Oddities): Bar[] {
  const random = lcg(walk.seed + 1);
  let left = 0;
  let kind = { flat: false, quoteless: false, silent: false };
  let last: Bar | undefined;
  return syntheticBars(instrument, walk).map((bar) => {
    if (left-- <= 0) {
      left = Math.floor(400 * random() ** 3);
      kind = { flat: random() < flat_share, quoteless: random() < quoteless_share, silent: random() < quoteless_share };
    }
    const c = kind.flat && last ? last.mid.c : bar.mid.c;
    const still = { o: c, h: c, l: c, c };
    const priced = kind.flat ? { mid: still, bid: still, ask: still } : { mid: bar.mid, bid: bar.bid, ask: bar.ask };
    const quotes = kind.quoteless ? { bid: null, ask: null } : { bid: priced.bid, ask: priced.ask };
    last = { ...bar, mid: priced.mid, ...quotes, volume: kind.silent ? null : kind.flat ? 0 : bar.volume };
    return last;
  });
}
