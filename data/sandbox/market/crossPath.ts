import { createMinutePath, MINUTES_PER_HOUR, type MinutePath, type PathSource } from "./minutePath.ts";
import type { CrossPair } from "./pairs.ts";

/**
 * Minutes of a cross: the mids of its legs combined, then rounded. It trades when a leg does, so, as for a direct pair, an
 * hour without a bar is one in which the price did not move.
 */
export class CrossPath implements PathSource {
  readonly spread_ticks: number;
  readonly ticks_per_minute: number;
  readonly #pair: CrossPair;
  readonly #first: PathSource;
  readonly #second: PathSource;
  readonly #path = createMinutePath();

  constructor(pair: CrossPair, first: PathSource, second: PathSource) {
    this.#pair = pair;
    this.#first = first;
    this.#second = second;
    this.spread_ticks = pair.spread_ticks;
    this.ticks_per_minute = (first.ticks_per_minute + second.ticks_per_minute) / 2;
  }

  pathOf(index: number): MinutePath {
    const first = this.#first.pathOf(index);
    const second = this.#second.pathOf(index);
    const { mids, traded } = this.#path;
    for (let minute = 0; minute <= MINUTES_PER_HOUR; minute++) {
      mids[minute] = Math.round(this.#pair.combine(first.mids[minute]!, second.mids[minute]!));
    }
    for (let minute = 0; minute < MINUTES_PER_HOUR; minute++) traded[minute] = first.traded[minute]! | second.traded[minute]!;
    // Independent relative moves: their variances add.
    this.#path.std_ticks = mids[0]! * Math.hypot(first.std_ticks / first.mids[0]!, second.std_ticks / second.mids[0]!);
    return this.#path;
  }
}
