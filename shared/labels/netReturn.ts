import { GRANULARITY_MS } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import { type BarSeries, indexOfStart } from "../features/barSeries.ts";
import { logReturn } from "../features/stats.ts";
import { openBarAfter, requireHorizon } from "./horizon.ts";

export interface NetReturn {
  readonly event_time: Instant;
  /** Log return of buying at the ask and selling at the bid, after the spread on both sides. */
  readonly long: number | null;
  /** Log return of selling at the bid and buying back at the ask. */
  readonly short: number | null;
  readonly label_available_at: Instant;
}

/**
 * What a trade on the row would have earned: entered at the OPEN of the next calendar bar (the close of the row's own bar
 * is already past when the row is known), left at the close of the h-th.
 *   long  = ln(bid_close_exit / ask_open_entry)
 *   short = ln(bid_open_entry / ask_close_exit)
 * Null where the entry or exit bar is missing, or has only a mid price.
 */
export function netReturns(bars: BarSeries, horizon_bars: number): NetReturn[] {
  requireHorizon(horizon_bars);
  const bar_ms = GRANULARITY_MS[bars.granularity];
  return Array.from(bars.start, (start) => {
    const entry_start = openBarAfter(start, bars.granularity, 1);
    const exit_start = openBarAfter(entry_start, bars.granularity, horizon_bars - 1);
    const entry = indexOfStart(bars, entry_start);
    const exit = indexOfStart(bars, exit_start);
    return {
      event_time: start + bar_ms,
      long: finiteOrNull(logReturn(bars.ask_o[entry] ?? Number.NaN, bars.bid_c[exit] ?? Number.NaN)),
      short: finiteOrNull(logReturn(bars.ask_c[exit] ?? Number.NaN, bars.bid_o[entry] ?? Number.NaN)),
      label_available_at: exit_start + bar_ms,
    };
  });
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
