import { HOUR, type Instant, MINUTE } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { CandleFold } from "../candles/candleFold.ts";
import type { PriceFeed } from "../candles/priceFeed.ts";
import { deriveKey, STREAM } from "./counterHash.ts";
import { minutesOver, type PathSource } from "./minutePath.ts";
import { MinuteQuotes } from "./minuteQuotes.ts";
import type { OpenHours } from "./openHours.ts";

/** Candles' raw material from a simulated path: minutes with open, high, low, spread and tick count. */
export class SimulatedFeed implements PriceFeed {
  readonly instrument: Instrument;
  readonly resolution_ms = MINUTE;
  readonly #hours: OpenHours;
  readonly #path: PathSource;
  readonly #quotes: MinuteQuotes;
  readonly #advance: (now: Instant) => void;

  /** `advance` simulates the market up to the hour that is in progress at `now`. */
  constructor(instrument: Instrument, hours: OpenHours, path: PathSource, key: number, advance: (now: Instant) => void) {
    this.instrument = instrument;
    this.#hours = hours;
    this.#path = path;
    this.#quotes = new MinuteQuotes(path, deriveKey(key, STREAM.minute_quote));
    this.#advance = advance;
  }

  firstAtOrAfter(instant: Instant, now: Instant): Instant | null {
    this.#advance(now);
    const index = this.#hours.firstEndingAfter(instant);
    return index < this.#hours.count ? Math.max(instant, this.#hours.startOf(index)) : null;
  }

  lastBefore(instant: Instant, now: Instant): Instant | null {
    this.#advance(now);
    const index = this.#hours.firstEndingAfter(instant - 1);
    if (index < this.#hours.count && this.#hours.startOf(index) < instant) return instant - 1;
    return index > 0 ? this.#hours.startOf(index - 1) + HOUR - 1 : null;
  }

  fold(start: Instant, end: Instant, now: Instant, into: CandleFold): void {
    this.#advance(now);
    const hours = this.#hours;
    const stop = Math.min(end, now + 1);
    for (let index = hours.firstEndingAfter(start); index < hours.count && hours.startOf(index) < stop; index++) {
      this.#foldHour(index, start, end, now, into);
    }
  }

  #foldHour(index: number, start: Instant, end: Instant, now: Instant, into: CandleFold): void {
    const hourStart = this.#hours.startOf(index);
    const first = Math.max(0, (start - hourStart) / MINUTE);
    const last = Math.min(HOUR, end - hourStart) / MINUTE;
    const over = minutesOver(hourStart, now);
    const path = this.#path.pathOf(index);
    this.#quotes.open(path, this.#hours.epochHourOf(index), this.#hours.newYorkHourOf(index));
    for (let minute = first; minute < Math.min(last, over); minute++) {
      if (path.traded[minute] === 1) this.#quotes.addMinute(minute, into);
    }
    // Of a minute in progress, only its first tick is known.
    if (over >= first && over < last && path.traded[over] === 1) this.#quotes.addFirstTick(over, into);
  }
}
