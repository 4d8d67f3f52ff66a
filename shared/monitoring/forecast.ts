import { GRANULARITY_MS } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import { type BarSeries, indexOfStart } from "../features/barSeries.ts";
import { directionLabels } from "../labels/direction.ts";
import { netReturns } from "../labels/netReturn.ts";
import { breakEvenProbabilities } from "./breakEven.ts";

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
}

/** An outcome with the first probability of a rise that was served for it. */
export interface Forecast extends Outcome {
  readonly probability: number;
  readonly model_version: string;
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
    return [{ event_time, decided_at: label_available_at, y, long, short, break_even: break_even[index]! }];
  });
}
