import { counted } from "../domain/counted.ts";
import { GRANULARITY_MS } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import { AppError } from "../errors.ts";
import { type BarSeries, type CloseSeries, countUntil } from "./barSeries.ts";

/** The closes of every configured instrument, that of the row among them or not. */
export type LegSeries = ReadonlyMap<Instrument, CloseSeries>;

/**
 * A run of bars of one instrument: what the features of another see of it. Nothing later and nothing earlier can be reached through it.
 *
 * Columns are views on the series, not copies: a feature reads them and never writes.
 */
export class CloseWindow<Series extends CloseSeries = CloseSeries> {
  readonly instrument: Instrument;
  readonly length: number;
  protected readonly series: Series;
  protected readonly from: number;
  protected readonly to: number;

  constructor(instrument: Instrument, series: Series, from: number, to: number) {
    this.instrument = instrument;
    this.length = to - from;
    this.series = series;
    this.from = from;
    this.to = to;
  }

  /** End of the last bar: the moment that the window's features describe. */
  get event_time(): Instant {
    return this.series.start[this.to - 1]! + this.granularity_ms;
  }
  get granularity_ms(): number {
    return GRANULARITY_MS[this.series.granularity];
  }
  get start(): Float64Array {
    return this.series.start.subarray(this.from, this.to);
  }
  get mid_c(): Float64Array {
    return this.series.mid_c.subarray(this.from, this.to);
  }
  /** One-bar log returns, one fewer than bars: the first bar's would need the bar before the window. */
  get ret(): Float64Array {
    return this.series.ret.subarray(this.from + 1, this.to);
  }
  /** The others of another instrument are out of its sight. */
  leg(_instrument: Instrument): CloseWindow | null {
    return null;
  }
}

/**
 * What a feature may see of the market at one moment: a run of bars of one instrument that ends at `event_time`, and
 * the closes of the other instruments within the same span of starts. So a feature cannot look ahead or further back than the lookback it
 * declares.
 */
export class MarketWindow extends CloseWindow<BarSeries> {
  readonly #legs: LegSeries;

  constructor(instrument: Instrument, series: BarSeries, from: number, to: number, legs: LegSeries) {
    super(instrument, series, from, to);
    this.#legs = legs;
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

  /** The window of the last `bars` bars; the window itself when it has no more than those. */
  last(bars: number): MarketWindow {
    if (bars >= this.length) return this;
    return new MarketWindow(this.instrument, this.series, this.to - bars, this.to, this.#legs);
  }

  /** The window that ended `bars` bars earlier. */
  lag(bars: number): MarketWindow {
    if (bars >= this.length) {
      throw new AppError("not_enough_data", `A window of ${counted(this.length, "bar")} cannot go back ${counted(bars, "bar")}.`);
    }
    return new MarketWindow(this.instrument, this.series, this.from, this.to - bars, this.#legs);
  }

  /**
   * The bars of another instrument whose starts lie within this window's first and last start. Its last bar is not
   * necessarily at this window's last start: compare `start`. Null where it has none there.
   */
  override leg(instrument: Instrument): CloseWindow | null {
    const series = this.#legs.get(instrument);
    if (!series) return null;
    const from = countUntil(series, this.series.start[this.from]! - 1);
    const to = countUntil(series, this.series.start[this.to - 1]!);
    return from < to ? new CloseWindow(instrument, series, from, to) : null;
  }

  #column(name: Exclude<keyof BarSeries, "granularity" | "length">): Float64Array {
    return this.series[name].subarray(this.from, this.to);
  }
}

/** The window that ends with the bar at `index` and reaches back to the start of the series. */
export function createMarketWindow(instrument: Instrument, series: BarSeries, index: number, legs: LegSeries): MarketWindow {
  if (!Number.isInteger(index) || index < 0 || index >= series.length) {
    throw new AppError("not_enough_data", `${instrument}: there is no bar ${index} in a series of ${series.length}.`);
  }
  return new MarketWindow(instrument, series, 0, index + 1, legs);
}
