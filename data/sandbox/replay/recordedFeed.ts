import type { Instant } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { CandleFold } from "../candles/candleFold.ts";
import type { PriceFeed } from "../candles/priceFeed.ts";
import type { RecordedSeries } from "./recordedSeries.ts";

/** Recorded bars as a feed. A bar exists once it has ended: what it was half-way is not recorded. */
export class RecordedFeed implements PriceFeed {
  readonly instrument: Instrument;
  readonly resolution_ms: number;
  readonly #series: RecordedSeries;

  constructor(series: RecordedSeries) {
    this.instrument = series.instrument;
    this.resolution_ms = series.length_ms;
    this.#series = series;
  }

  firstAtOrAfter(instant: Instant, now: Instant): Instant | null {
    const index = this.#series.firstStartingAt(instant - this.resolution_ms + 1);
    return this.#isKnown(index, now) ? Math.max(instant, this.#series.startOf(index)) : null;
  }

  lastBefore(instant: Instant, now: Instant): Instant | null {
    const index = this.#series.firstStartingAt(Math.min(instant, now - this.resolution_ms + 1)) - 1;
    return index < 0 ? null : Math.min(instant, this.#series.startOf(index) + this.resolution_ms) - 1;
  }

  fold(start: Instant, end: Instant, now: Instant, into: CandleFold): void {
    const series = this.#series;
    for (let index = series.firstStartingAt(start); this.#isKnown(index, now) && series.startOf(index) < end; index++) {
      into.addUnit(series.unitAt(index));
    }
  }

  #isKnown(index: number, now: Instant): boolean {
    return index < this.#series.count && this.#series.startOf(index) + this.resolution_ms <= now;
  }
}
