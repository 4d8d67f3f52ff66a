import type { Instrument } from "../domain/instrument.ts";
import { AppError } from "../errors.ts";
import type { FeatureRange } from "./checks/featureRange.ts";
import type { NullLimit } from "./checks/nullLimit.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import type { MarketWindow } from "./marketWindow.ts";
import type { FeatureUnit, ViewFeature } from "./viewSchema.ts";

/** Its lookback counts the row's own bar; earlier bars are out of reach of `compute`. */
export interface MarketFeature extends ViewFeature {
  /** The value at the window's event time, always finite; null during warm-up and where an input is missing. */
  compute(window: MarketWindow): number | null;
  /**
   * The values at every bar of a series at once, NaN for null: what `compute` gives at each, to the bit, many times faster. For many rows;
   * one row is computed. Whoever takes a feature over with another `compute` gives it another column, or null. Null: it is computed row by row.
   */
  readonly column: ColumnMaker | null;
}

export interface MarketFeatureDefinition {
  readonly name: string;
  readonly version: number;
  readonly unit: FeatureUnit;
  /** Left out: what its unit allows. */
  readonly range?: FeatureRange;
  /** Left out: as many as there are. */
  readonly nulls?: NullLimit;
  readonly lookback_bars: number;
  /** Left out, it equals the lookback: the value then never depends on how much history was loaded. */
  readonly warm_up_bars?: number;
  readonly description: string;
  /** The equation, with warm-up, when it is null and where it is from; left out where the description says that. */
  readonly formula?: string;
  readonly leg?: Instrument;
  /** Left out: the row's own. */
  readonly bars_of?: readonly string[];
  /** Sees at least `warm_up_bars` and at most `lookback_bars` bars. NaN and infinities count as null. */
  compute(window: MarketWindow): number | null;
  /**
   * The same operations in the same order, for all bars. What it gives during warm-up or in the rows of `leg` is not looked at, and what it
   * returns may be shared: nobody writes to it.
   */
  readonly column?: ColumnMaker;
}

/** Wraps a formula with what holds for every feature: warm-up, bounded sight, null for whatever is not finite. */
export function defineFeature(definition: MarketFeatureDefinition): MarketFeature {
  const { lookback_bars, warm_up_bars = lookback_bars, leg = null } = definition;
  if (!(warm_up_bars >= 1 && lookback_bars >= warm_up_bars)) {
    throw new AppError("internal", `${definition.name}: expected 1 <= warm_up_bars (${warm_up_bars}) <= lookback_bars (${lookback_bars}).`);
  }
  const { compute: formula, column } = definition;
  return {
    name: definition.name,
    version: definition.version,
    unit: definition.unit,
    ...checksOf(definition),
    description: definition.description,
    formula: definition.formula ?? null,
    lookback_bars,
    warm_up_bars,
    leg,
    ...(definition.bars_of === undefined ? {} : { bars_of: definition.bars_of }),
    compute: (window) => {
      if (window.length < warm_up_bars || window.instrument === leg) return null;
      const value = formula(window.last(lookback_bars));
      return value !== null && Number.isFinite(value) ? value : null;
    },
    column: column
      ? (series, shared) => finiteFrom(column(series, shared), shared.instrument === leg ? series.length : warm_up_bars - 1)
      : null,
  };
}

/** What is checked of a feature, for its own lag: it is null with a row of its own, and not with the feature that the other is null without. */
export function checksOfLag({ range, nulls }: Pick<ViewFeature, "range" | "nulls">): Pick<ViewFeature, "range" | "nulls"> {
  return checksOf({ ...(range ? { range } : {}), ...(nulls && nulls.without === undefined ? { nulls } : {}) });
}

function checksOf({ range, nulls }: Pick<ViewFeature, "range" | "nulls">): Pick<ViewFeature, "range" | "nulls"> {
  return { ...(range ? { range } : {}), ...(nulls ? { nulls } : {}) };
}

/** The values from index `first` on that are finite; NaN for all others. Copied only where one has to be another: few columns have any. */
function finiteFrom(values: Float64Array, first: number): Float64Array {
  if (isFiniteFrom(values, first)) return values;
  const kept = new Float64Array(values.length).fill(Number.NaN, 0, first);
  for (let i = first; i < kept.length; i++) {
    const value = values[i]!;
    kept[i] = value - value === 0 ? value : Number.NaN;
  }
  return kept;
}

/** Whether no value before `first`, and none that is infinite, stands there. */
function isFiniteFrom(values: Float64Array, first: number): boolean {
  for (let i = 0; i < first && i < values.length; i++) if (!Number.isNaN(values[i]!)) return false;
  for (let i = first; i < values.length; i++) {
    const value = values[i]!;
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return false;
  }
  return true;
}
