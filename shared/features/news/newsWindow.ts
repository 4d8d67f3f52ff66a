import { counted } from "../../domain/counted.ts";
import { HOUR, type Instant } from "../../domain/instant.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { AppError } from "../../errors.ts";
import { countKnown, type NewsColumn, type NewsSeries } from "./newsSeries.ts";

/** Age in hours after which an article weighs 1/e of what it did when it was new; a half-life of 16.6 hours. From features.md. */
const DECAY_HOURS = 24;

/**
 * What a feature may see of the news of a pair at one moment: the articles that were known by `event_time` and became known less than
 * `hours` before it. Nothing later and nothing earlier can be reached through it, so a feature cannot look ahead, nor further back than
 * the lookback that it declares.
 *
 * Columns are views on the series, not copies: a feature reads them and never writes.
 */
export class NewsWindow {
  readonly event_time: Instant;
  readonly hours: number;
  readonly length: number;
  readonly #series: NewsSeries;
  readonly #from: number;
  readonly #to: number;
  #weights: Float64Array | null;

  constructor(series: NewsSeries, event_time: Instant, hours: number, from: number, to: number, weights: Float64Array | null = null) {
    this.event_time = event_time;
    this.hours = hours;
    this.length = to - from;
    this.#series = series;
    this.#from = from;
    this.#to = to;
    this.#weights = weights;
  }

  get instrument(): Instrument {
    return this.#series.instrument;
  }
  /** When each article could first be known, ascending. */
  get available_at(): Float64Array {
    return this.#column("available_at");
  }
  get confidence(): Float64Array {
    return this.#column("confidence");
  }
  get sentiment(): Float64Array {
    return this.#column("sentiment");
  }
  get direction(): Float64Array {
    return this.#column("direction");
  }
  get sgd_direction(): Float64Array {
    return this.#column("sgd_direction");
  }
  get coherence(): Float64Array {
    return this.#column("coherence");
  }
  get policy(): Float64Array {
    return this.#column("policy");
  }
  get high_confidence(): Float64Array {
    return this.#column("high_confidence");
  }

  /** exp(-age_hours / 24) x confidence x relevance to the pair's legs, of each article. */
  get weights(): Float64Array {
    this.#weights ??= this.#decayed();
    return this.#weights;
  }

  /** The articles of the last `hours`: those that became known after event_time - hours. */
  within(hours: number): NewsWindow {
    if (hours >= this.hours) return this;
    const from = Math.max(this.#from, countKnown(this.#series, this.event_time - hours * HOUR));
    return new NewsWindow(this.#series, this.event_time, hours, from, this.#to, this.weights.subarray(from - this.#from));
  }

  /** What could be seen `hours` earlier, as far back as this window reaches. */
  lag(hours: number): NewsWindow {
    if (hours >= this.hours)
      throw new AppError("internal", `A window of ${counted(this.hours, "hour")} of news cannot go back ${counted(hours, "hour")}.`);
    const event_time = this.event_time - hours * HOUR;
    return new NewsWindow(this.#series, event_time, this.hours - hours, this.#from, countKnown(this.#series, event_time));
  }

  #decayed(): Float64Array {
    const weights = new Float64Array(this.length);
    for (let i = 0; i < this.length; i++) {
      const age_hours = (this.event_time - this.#series.available_at[this.#from + i]!) / HOUR;
      weights[i] = Math.exp(-age_hours / DECAY_HOURS) * this.#series.weight[this.#from + i]!;
    }
    return weights;
  }

  #column(name: NewsColumn): Float64Array {
    return this.#series[name].subarray(this.#from, this.#to);
  }
}

/** The window of the `hours` that end at `event_time`. */
export function createNewsWindow(series: NewsSeries, event_time: Instant, hours: number): NewsWindow {
  return new NewsWindow(series, event_time, hours, countKnown(series, event_time - hours * HOUR), countKnown(series, event_time));
}
