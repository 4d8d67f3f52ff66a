import type { Instrument } from "../../domain/instrument.ts";
import type { BarSeries } from "../barSeries.ts";
import type { LegSeries } from "../marketWindow.ts";

/**
 * Makes one value a bar of a series (or something else that features of it share) from the bars up to each: what stands at index i must not
 * depend on any bar after i. NaN stands for null.
 */
export type ColumnMaker<Made = Float64Array> = (series: BarSeries, shared: SharedColumns) => Made;

/** What the columns of one instrument's series have in common. */
export interface SharedColumns {
  readonly instrument: Instrument;
  readonly legs: LegSeries;
  /**
   * What `make` makes of the series, made at the first call and kept: returns, rolling means, or the column of another feature, whichever
   * features need it. It is shared, so nobody writes to it.
   */
  of<Made>(make: ColumnMaker<Made>): Made;
}

/** For one pass over a series: it holds whatever was made until it is dropped. */
export function shareColumns(instrument: Instrument, series: BarSeries, legs: LegSeries): SharedColumns {
  const made = new Map<ColumnMaker<unknown>, unknown>();
  const shared: SharedColumns = {
    instrument,
    legs,
    of: <Made>(make: ColumnMaker<Made>): Made => {
      if (!made.has(make)) made.set(make, make(series, shared));
      return made.get(make) as Made;
    },
  };
  return shared;
}
