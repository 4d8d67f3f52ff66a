import { GRANULARITY_MS } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import { LATE_BAR_AFTER_MS } from "../domain/lateness.ts";
import { nextMarketOpen } from "../domain/marketCalendar.ts";
import { type BarSeries, indexOfStart } from "../features/barSeries.ts";
import { logReturn } from "../features/stats.ts";
import { directionLabels } from "../labels/direction.ts";
import { openBarAfter } from "../labels/horizon.ts";
import { netReturns } from "../labels/netReturn.ts";
import { breakEvenProbabilities } from "./breakEven.ts";

const BP = 10_000;

/** A bar end whose outcome is known: what a prediction made on it can be judged by. */
export interface Outcome {
  readonly event_time: Instant;
  /** When it was decided. A prediction that was asked for later is none. */
  readonly decided_at: Instant;
  /** 1: rose, 0: fell, null: a tie. */
  readonly y: 0 | 1 | null;
  /** Net log returns of a long and a short trade, see shared/labels/netReturn.ts; null without bid and ask. */
  readonly long: number | null;
  readonly short: number | null;
  /** NaN where it is not known. */
  readonly break_even: number;
  /** Last one-bar log return that is known at event_time; NaN where there is none. */
  readonly ret_1: number;
  /** Log return of mid from the open of the first predicted bar to the close of the last, in bp; NaN where the first is missing. */
  readonly moved_bp: number;
}

/** An outcome with the probability of a rise that the pipeline asked for of it. */
export interface Forecast extends Outcome {
  readonly probability: number;
  readonly model_version: string;
  readonly requested_at: Instant;
}

/** A trade is entered at the open of the bar that is predicted: what was said minutes later is no order for it. */
export function isInTime({ event_time, requested_at }: Pick<Forecast, "event_time" | "requested_at">): boolean {
  return requested_at <= nextMarketOpen(event_time) + LATE_BAR_AFTER_MS;
}

/** Outcomes decided in `since < decided_at <= until`, ascending. The bar that decides one must be there. */
export function outcomesOf(bars: BarSeries, horizon_bars: number, since: Instant, until: Instant): Outcome[] {
  const bar_ms = GRANULARITY_MS[bars.granularity];
  const labels = directionLabels(bars, horizon_bars);
  const nets = netReturns(bars, horizon_bars);
  const break_even = breakEvenProbabilities(bars);
  return labels.flatMap(({ event_time, y, label_available_at }, index) => {
    if (label_available_at <= since || label_available_at > until) return [];
    if (indexOfStart(bars, label_available_at - bar_ms) < 0) return [];
    const { long, short } = nets[index]!;
    const [entry, exit] = [openBarAfter(event_time - bar_ms, bars.granularity, 1), label_available_at - bar_ms].map((start) =>
      indexOfStart(bars, start),
    );
    const moved_bp = logReturn(bars.mid_o[entry!] ?? Number.NaN, bars.mid_c[exit!] ?? Number.NaN) * BP;
    return [
      { event_time, decided_at: label_available_at, y, long, short, break_even: break_even[index]!, ret_1: bars.ret[index]!, moved_bp },
    ];
  });
}
