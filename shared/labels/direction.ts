import { GRANULARITY_MS } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import { type BarSeries, indexOfStart } from "../features/barSeries.ts";
import { openBarAfter, requireHorizon } from "./horizon.ts";

export interface DirectionLabel {
  /** End of the bar that the prediction is made on: the event_time of its feature row. */
  readonly event_time: Instant;
  /** 1 when mid rises over the horizon, 0 when it falls, null on a tie or without the deciding bar. */
  readonly y: 0 | 1 | null;
  /** End of the bar that decides it: no reader before this moment may see the label. */
  readonly label_available_at: Instant;
}

/**
 * y_t = 1 when mid_close_{t+h} > mid_close_t, 0 when it is lower, t + h being the h-th next bar that the calendar has open.
 * A tie is no direction, and a missing deciding bar is never replaced by a later one: both give null. One label a bar,
 * ascending; the last ones are null until their bars exist.
 */
export function directionLabels(bars: BarSeries, horizon_bars: number): DirectionLabel[] {
  requireHorizon(horizon_bars);
  const bar_ms = GRANULARITY_MS[bars.granularity];
  return Array.from(bars.start, (start, index) => {
    const target = openBarAfter(start, bars.granularity, horizon_bars);
    const decided_by = indexOfStart(bars, target);
    return {
      event_time: start + bar_ms,
      y: decided_by < 0 ? null : direction(bars.mid_c[index]!, bars.mid_c[decided_by]!),
      label_available_at: target + bar_ms,
    };
  });
}

/** 1 when the second price is higher, 0 when it is lower, null on a tie. */
export function direction(from: number, to: number): 0 | 1 | null {
  if (to > from) return 1;
  return to < from ? 0 : null;
}
