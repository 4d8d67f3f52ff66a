import { GRANULARITY_MS, type Granularity } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import { barEndAfter } from "../domain/lateness.ts";
import { AppError } from "../errors.ts";

/** Bars ahead that a model may predict. */
export const HORIZONS = [1, 5, 12, 24] as const;
export type Horizon = (typeof HORIZONS)[number];

/** The horizon that /predict answers for. */
export const SERVED_HORIZON: Horizon = 1;

/**
 * Start of the n-th bar that the calendar has after the one at `start`: across the weekend, the first is Sunday's. By the
 * calendar and not by the next row, so that a missing bar is a missing bar and not a longer horizon.
 */
export function openBarAfter(start: Instant, granularity: Granularity, bars: number): Instant {
  const bar_ms = GRANULARITY_MS[granularity];
  return barEndAfter(start + bar_ms, granularity, bars) - bar_ms;
}

export function requireHorizon(horizon_bars: number): void {
  if (Number.isInteger(horizon_bars) && horizon_bars >= 1) return;
  throw new AppError("invalid_request", `horizon_bars: ${horizon_bars} is not a whole number of bars from 1 up.`, {
    status: 422,
    details: { field: "horizon_bars" },
  });
}
