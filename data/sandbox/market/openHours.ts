import { HOUR, type Instant } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import { localTime } from "../../../shared/domain/timeZone.ts";
import { grown } from "./grown.ts";

/** The market's first hour: Sunday 17:00 in New York, as far back as OANDA's own history goes. */
export const EPOCH: Instant = Date.UTC(2005, 0, 2, 22);

/**
 * The hours at which the market is open, in order, from the epoch on. An hour is named by its index here; the simulation
 * advances by it, so weekends and holidays cost nothing. Grows forward on demand and never changes what it holds.
 */
export class OpenHours {
  /** Hours since 1970. */
  #hours = new Int32Array(0);
  #newYorkHours = new Uint8Array(0);
  #count = 0;
  #next: Instant = EPOCH;

  get count(): number {
    return this.#count;
  }

  /** Learns every open hour that starts at or before `instant`. */
  extendTo(instant: Instant): void {
    for (; this.#next <= instant; this.#next += HOUR) {
      if (isMarketOpen(this.#next)) this.#append(this.#next);
    }
  }

  startOf(index: number): Instant {
    return this.#hours[index]! * HOUR;
  }

  /** Hours since 1970: the hour's name, the same for whoever counts from elsewhere. */
  epochHourOf(index: number): number {
    return this.#hours[index]!;
  }

  newYorkHourOf(index: number): number {
    return this.#newYorkHours[index]!;
  }

  /** Index of the first hour that ends after `instant`; `count` when there is none. */
  firstEndingAfter(instant: Instant): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.startOf(middle) + HOUR > instant) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #append(start: Instant): void {
    this.#hours = grown(this.#hours, this.#count);
    this.#newYorkHours = grown(this.#newYorkHours, this.#count);
    this.#hours[this.#count] = start / HOUR;
    this.#newYorkHours[this.#count] = localTime("America/New_York", start).hour;
    this.#count += 1;
  }
}
