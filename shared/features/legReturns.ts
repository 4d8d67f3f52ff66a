import { GRANULARITY_MS } from "../domain/granularity.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { CloseSeries } from "./barSeries.ts";
import { eachBar } from "./columns/eachBar.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";
import type { MarketWindow } from "./marketWindow.ts";
import { ret_1 } from "./returns.ts";

/**
 * The leg's own ret_1 at the bar that starts when the window's last bar does. Null when the leg has no bar there: an
 * older return would be a fill. Null too when the leg's previous bar lies before the window.
 */
export function legReturn(w: MarketWindow, leg: Instrument): number | null {
  const legWindow = w.leg(leg);
  if (!legWindow || legWindow.event_time !== w.event_time) return null;
  const value = legWindow.ret.at(-1) ?? Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/**
 * `legReturn` at every bar, by leg. The two run through their bars side by side: a leg's bar counts where it ends with the own one, and its
 * return where the leg's bar before does not lie before the own one before.
 */
export const legReturnColumns: ColumnMaker<(leg: Instrument) => Float64Array> = (series, { legs }) => {
  const made = new Map<Instrument, Float64Array>();
  return (leg) => {
    const known = made.get(leg);
    if (known) return known;
    const bars = legs.get(leg);
    const column = bars ? returnsBeside(series, bars) : new Float64Array(series.length).fill(Number.NaN);
    made.set(leg, column);
    return column;
  };
};

function returnsBeside(own: CloseSeries, leg: CloseSeries): Float64Array {
  const later_ms = GRANULARITY_MS[own.granularity] - GRANULARITY_MS[leg.granularity];
  let next = 0;
  return eachBar(own.length, (t) => {
    while (next < leg.length && leg.start[next]! <= own.start[t]!) next++;
    const last = next - 1;
    if (t === 0 || last < 1 || leg.start[last]! !== own.start[t]! + later_ms || leg.start[last - 1]! < own.start[t - 1]!) return Number.NaN;
    const value = leg.ret[last]!;
    return Number.isFinite(value) ? value : Number.NaN;
  });
}

/** `<LEG>_ret_1`. */
export function legReturnFeature(leg: Instrument): MarketFeature {
  return defineFeature({
    name: `${leg}_ret_1`,
    version: 1,
    unit: "log_return",
    lookback_bars: ret_1.lookback_bars,
    leg,
    bars_of: [leg],
    description: `ret_1 of ${leg} at the same hour. Null in the rows of ${leg} itself.`,
    formula: `ln(mid_t / mid_{t-1}) of ${leg} over its bar of the same hour; null where it has none there: an older return would be a fill. Warm-up: 2 bars.`,
    compute: (w) => legReturn(w, leg),
    column: (_series, shared) => shared.of(legReturnColumns)(leg),
  });
}
