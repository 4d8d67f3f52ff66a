import type { OverlapOptions } from "./classificationInput.ts";
import { dependenceLag } from "./dependenceLag.ts";
import type { DependenceOptions } from "./meanInterval.ts";

/** Rows of a moment, on average: 1 of one instrument, nearly n where rows of n are pooled. Moments ascend. */
export function rowsAMoment(event_time: ArrayLike<number>): number {
  let moments = 0;
  for (let row = 0; row < event_time.length; row++) if (row === 0 || event_time[row] !== event_time[row - 1]) moments++;
  return moments === 0 ? 1 : event_time.length / moments;
}

/**
 * What rows in order of time have in common, for intervals. Of one instrument neighbours by their number (dependenceLag.ts). Where several
 * instruments have rows of the same moment, these are one cluster, the lag counts moments, and shares and ranks, which know neither, take
 * the rows of a moment for one: prices of several pairs move together, and how far is not relied on.
 */
export function dependenceOf(event_time: ArrayLike<number>, horizon_bars: number): DependenceOptions & Required<OverlapOptions> {
  const together = rowsAMoment(event_time);
  const lag = dependenceLag(event_time.length / together, horizon_bars);
  return together === 1 ? { lag, horizon_bars } : { lag, horizon_bars: horizon_bars * together, clusters: event_time };
}
