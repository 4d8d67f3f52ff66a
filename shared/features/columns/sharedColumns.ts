import { giveBack } from "../../domain/giveBack.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { BarSeries, CloseSeries } from "../barSeries.ts";
import type { LegSeries } from "../marketWindow.ts";

/**
 * Makes one value a bar of a series (or something else that features of it share) from the bars up to each: what stands at index i must not
 * depend on any bar after i. NaN stands for null. A column is one of the series', or lies in a buffer that was made for the pass.
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

/** The columns of one pass over a series: whatever was made is held until the pass is over. */
export interface ColumnPass extends SharedColumns {
  /** Frees the columns, of which a year has 8 MB. None of them may be read afterwards. */
  end(): void;
}

export function shareColumns(instrument: Instrument, series: BarSeries, legs: LegSeries): ColumnPass {
  const made = new Map<ColumnMaker<unknown>, unknown>();
  const shared: ColumnPass = {
    instrument,
    legs,
    of: <Made>(make: ColumnMaker<Made>): Made => {
      if (!made.has(make)) made.set(make, make(series, shared));
      return made.get(make) as Made;
    },
    end() {
      const given = new Set([series, ...legs.values()].flatMap(buffersOf));
      giveBack(...[...made.values()].flatMap(buffersIn).filter((buffer) => !given.has(buffer)));
      made.clear();
    },
  };
  return shared;
}

function buffersOf(series: CloseSeries): readonly ArrayBufferLike[] {
  return Object.values(series).flatMap(buffersIn);
}

function buffersIn(made: unknown): readonly ArrayBuffer[] {
  return ArrayBuffer.isView(made) && made.buffer instanceof ArrayBuffer ? [made.buffer] : [];
}
