import { GRANULARITY_MS } from "../../domain/granularity.ts";
import type { Instant } from "../../domain/instant.ts";
import { type BarSeries, countUntil, indexOfStart, sliceSeries } from "../../features/barSeries.ts";
import type { TrainingSet } from "../../features/trainingSet.ts";
import { directionLabels } from "../../labels/direction.ts";
import { netReturns } from "../../labels/netReturn.ts";

export type LabelColumn = Extract<keyof TrainingSet, "y" | "label_end" | "long_net" | "short_net">;

/**
 * The label of the row at `event_time`, from the bars of the row up to `label_end`, when it says that it was decided, and no later ones.
 * All NaN where these bars do not decide it.
 */
export function rebuildLabel(
  series: BarSeries,
  event_time: Instant,
  label_end: Instant,
  horizon_bars: number,
): Record<LabelColumn, number> {
  const bar_ms = GRANULARITY_MS[series.granularity];
  const index = indexOfStart(series, event_time - bar_ms);
  const bars = sliceSeries(series, Math.max(0, index), index < 0 ? 0 : countUntil(series, label_end - bar_ms));
  const [label] = directionLabels(bars, horizon_bars);
  const [net] = netReturns(bars, horizon_bars);
  return {
    y: label?.y ?? Number.NaN,
    label_end: label?.label_available_at ?? Number.NaN,
    long_net: net?.long ?? Number.NaN,
    short_net: net?.short ?? Number.NaN,
  };
}
