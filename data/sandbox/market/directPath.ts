import { MISSING_MINUTE_BY_HOUR } from "./activity.ts";
import { bitsAt, deriveKey, STREAM, toNormal, toUniform } from "./counterHash.ts";
import type { HourlySeries } from "./hourlySeries.ts";
import { createMinutePath, MINUTES_PER_HOUR, type MinutePath, type PathSource } from "./minutePath.ts";
import type { OpenHours } from "./openHours.ts";

/** Index of a minute's trade draw, behind those of its 60 path steps. */
const TRADE_DRAW = MINUTES_PER_HOUR;

/**
 * Minutes of a direct pair: a Brownian bridge from the last hour's close to this hour's over the minutes that trade,
 *
 *   p_i = p_0 + D i/n + (W_i - W_n i/n),   W_i a random walk with steps of std_hour / sqrt(n)
 *
 * rounded to ticks. It is drawn by its own stream, symmetric and independent of every later sign. The last minute that
 * trades ends at the hour's close, so minutes and hours agree exactly.
 */
export class DirectPath implements PathSource {
  readonly spread_ticks: number;
  readonly ticks_per_minute: number;
  readonly #series: HourlySeries;
  readonly #hours: OpenHours;
  readonly #key: number;
  readonly #path = createMinutePath();
  readonly #walk = new Float64Array(MINUTES_PER_HOUR + 1);
  #index = -1;

  constructor(series: HourlySeries, hours: OpenHours, key: number) {
    this.#series = series;
    this.#hours = hours;
    this.#key = deriveKey(key, STREAM.minute_path);
    this.spread_ticks = series.pair.spread_ticks;
    this.ticks_per_minute = series.pair.ticks_per_minute;
  }

  pathOf(index: number): MinutePath {
    if (index !== this.#index) this.#fill(index);
    this.#index = index;
    return this.#path;
  }

  #fill(index: number): void {
    const open = this.#series.closeOf(index - 1);
    this.#path.std_ticks = this.#series.stdOf(index) * open;
    const key = deriveKey(this.#key, this.#hours.epochHourOf(index));
    const steps = this.#drawTrades(index, key);
    this.#bridge(open, this.#series.closeOf(index), steps, key);
  }

  /** Marks the minutes that trade and counts them: none in an hour without trade, at least one in any other. */
  #drawTrades(index: number, key: number): number {
    const { traded } = this.#path;
    if (!this.#series.isTraded(index)) {
      traded.fill(0);
      return 0;
    }
    const missing = MISSING_MINUTE_BY_HOUR[this.#hours.newYorkHourOf(index)]!;
    let count = 0;
    for (let minute = 0; minute < MINUTES_PER_HOUR; minute++) {
      traded[minute] = toUniform(bitsAt(key, TRADE_DRAW + minute)) < missing ? 0 : 1;
      count += traded[minute]!;
    }
    if (count > 0) return count;
    traded[MINUTES_PER_HOUR - 1] = 1;
    return 1;
  }

  #bridge(open: number, close: number, steps: number, key: number): void {
    const { mids, traded, std_ticks } = this.#path;
    const walk = this.#walk;
    const scale = std_ticks / Math.sqrt(Math.max(1, steps));
    for (let step = 1; step <= steps; step++) walk[step] = walk[step - 1]! + scale * toNormal(bitsAt(key, step - 1));
    const drift = (close - open - walk[steps]!) / Math.max(1, steps);
    mids[0] = open;
    let step = 0;
    for (let minute = 0; minute < MINUTES_PER_HOUR; minute++) {
      if (traded[minute] === 1) step += 1;
      mids[minute + 1] = step === steps ? close : Math.round(open + walk[step]! + drift * step);
    }
  }
}
