import type { Bar, Ohlc } from "../../../shared/domain/bar.ts";
import { GRANULARITY_MS, type Granularity } from "../../../shared/domain/granularity.ts";
import { type Instant, MINUTE } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { pricePrecision } from "../../../shared/domain/legs.ts";
import type { QuotedUnit, TickOhlc } from "../candles/candleFold.ts";
import { grown } from "../market/grown.ts";

/** Numbers a bar takes: start in minutes, volume, whether it has quotes, then mid, bid and ask with o, h, l, c each. */
const WIDTH = 15;
const NO_QUOTES: Ohlc = { o: 0, h: 0, l: 0, c: 0 };

/** Recorded bars of one instrument, ascending, each start once. Flat, because bars as objects would take four times the memory. */
export class RecordedSeries {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  readonly length_ms: number;
  readonly #scale: number;
  #cells = new Int32Array(0);
  #count = 0;

  constructor(instrument: Instrument, granularity: Granularity) {
    this.instrument = instrument;
    this.granularity = granularity;
    this.length_ms = GRANULARITY_MS[granularity];
    this.#scale = 10 ** pricePrecision(instrument);
  }

  get count(): number {
    return this.#count;
  }

  /** Takes a bar in any order; `seal` sorts. A start that is not on the grid is the caller's to refuse. */
  append({ start, volume, mid, bid, ask }: Bar): void {
    const hasQuotes = bid !== null && ask !== null;
    const row = [start / MINUTE, volume ?? 0, hasQuotes ? 1 : 0];
    for (const prices of [mid, hasQuotes ? bid : NO_QUOTES, hasQuotes ? ask : NO_QUOTES]) {
      for (const price of [prices.o, prices.h, prices.l, prices.c]) row.push(Math.round(price * this.#scale));
    }
    this.#cells = grown(this.#cells, (this.#count + 1) * WIDTH);
    this.#cells.set(row, this.#count * WIDTH);
    this.#count += 1;
  }

  /** Sorts by start and drops repeats, keeping the first one appended. Returns how many were dropped. */
  seal(): number {
    const order = Array.from({ length: this.#count }, (_, index) => index).sort((a, b) => this.startOf(a) - this.startOf(b) || a - b);
    const kept = order.filter((index, place) => place === 0 || this.startOf(index) !== this.startOf(order[place - 1]!));
    const cells = new Int32Array(kept.length * WIDTH);
    kept.forEach((index, place) => {
      cells.set(this.#cells.subarray(index * WIDTH, (index + 1) * WIDTH), place * WIDTH);
    });
    this.#cells = cells;
    this.#count = kept.length;
    return order.length - kept.length;
  }

  startOf(index: number): Instant {
    return this.#cells[index * WIDTH]! * MINUTE;
  }

  unitAt(index: number): QuotedUnit {
    const at = index * WIDTH;
    const hasQuotes = this.#cells[at + 2] === 1;
    return {
      volume: this.#cells[at + 1]!,
      mid: this.#pricesAt(at + 3),
      bid: hasQuotes ? this.#pricesAt(at + 7) : null,
      ask: hasQuotes ? this.#pricesAt(at + 11) : null,
    };
  }

  /** Index of the first bar that starts at or after `instant`; `count` when there is none. */
  firstStartingAt(instant: Instant): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.startOf(middle) >= instant) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #pricesAt(at: number): TickOhlc {
    const [o, h, l, c] = this.#cells.subarray(at, at + 4) as unknown as [number, number, number, number];
    return { o, h, l, c };
  }
}
