import { GRANULARITY_MS } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import { AppError } from "../errors.ts";
import { type BarSeries, countUntil } from "./barSeries.ts";

/** The bars of every configured instrument, that of the row among them or not. */
export type LegSeries = ReadonlyMap<Instrument, BarSeries>;

/**
 * What a feature may see of the market at one moment: a run of bars of one instrument that ends at `event_time`, and
 * the bars of the other instruments within the same span of starts. Nothing later and nothing earlier can be reached
 * through it, so a feature cannot look ahead or further back than the lookback it declares.
 *
 * Columns are views on the series, not copies: a feature reads them and never writes.
 */
export class MarketWindow {
  readonly instrument: Instrument;
  readonly length: number;
  readonly #series: BarSeries;
  readonly #legs: LegSeries;
  readonly #from: number;
  readonly #to: number;

  constructor(instrument: Instrument, series: BarSeries, from: number, to: number, legs: LegSeries) {
    this.instrument = instrument;
    this.length = to - from;
    this.#series = series;
    this.#legs = legs;
    this.#from = from;
    this.#to = to;
  }

  /** End of the last bar: the moment that the window's features describe. */
  get event_time(): Instant {
    return this.#series.start[this.#to - 1]! + this.granularity_ms;
  }
  get granularity_ms(): number {
    return GRANULARITY_MS[this.#series.granularity];
  }
  get start(): Float64Array {
    return this.#column("start");
  }
  get mid_o(): Float64Array {
    return this.#column("mid_o");
  }
  get mid_h(): Float64Array {
    return this.#column("mid_h");
  }
  get mid_l(): Float64Array {
    return this.#column("mid_l");
  }
  get mid_c(): Float64Array {
    return this.#column("mid_c");
  }
  get bid_c(): Float64Array {
    return this.#column("bid_c");
  }
  get ask_c(): Float64Array {
    return this.#column("ask_c");
  }
  get volume(): Float64Array {
    return this.#column("volume");
  }
  get hour_of_week(): Float64Array {
    return this.#column("hour_of_week");
  }
  /** One-bar log returns, one fewer than bars: the first bar's would need the bar before the window. */
  get ret(): Float64Array {
    return this.#series.ret.subarray(this.#from + 1, this.#to);
  }

  /** The window of the last `bars` bars; the window itself when it has no more than those. */
  last(bars: number): MarketWindow {
    if (bars >= this.length) return this;
    return new MarketWindow(this.instrument, this.#series, this.#to - bars, this.#to, this.#legs);
  }

  /** The window that ended `bars` bars earlier. */
  lag(bars: number): MarketWindow {
    if (bars >= this.length) {
      throw new AppError("not_enough_data", `A window of ${this.length} bars cannot go back ${bars} bars.`);
    }
    return new MarketWindow(this.instrument, this.#series, this.#from, this.#to - bars, this.#legs);
  }

  /**
   * The bars of another instrument whose starts lie within this window's first and last start. Its last bar is not
   * necessarily at this window's last start: compare `start`. Null where it has none there.
   */
  leg(instrument: Instrument): MarketWindow | null {
    const series = this.#legs.get(instrument);
    if (!series) return null;
    const from = countUntil(series, this.#series.start[this.#from]! - 1);
    const to = countUntil(series, this.#series.start[this.#to - 1]!);
    return from < to ? new MarketWindow(instrument, series, from, to, NO_LEGS) : null;
  }

  #column(name: Exclude<keyof BarSeries, "granularity" | "length">): Float64Array {
    return this.#series[name].subarray(this.#from, this.#to);
  }
}

/** The window that ends with the bar at `index` and reaches back to the start of the series. */
export function createMarketWindow(instrument: Instrument, series: BarSeries, index: number, legs: LegSeries): MarketWindow {
  if (!Number.isInteger(index) || index < 0 || index >= series.length) {
    throw new AppError("not_enough_data", `${instrument}: there is no bar ${index} in a series of ${series.length}.`);
  }
  return new MarketWindow(instrument, series, 0, index + 1, legs);
}

const NO_LEGS: LegSeries = new Map();
