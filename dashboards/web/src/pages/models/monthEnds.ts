import type { ModelOutcomes } from "../../../../../shared/contracts/modelOutcomes.ts";

type Point = ModelOutcomes["pnl"][number];

/** The last point of each month of UTC, for a table of what a curve shows. */
export function monthEnds(points: readonly Point[]): readonly Point[] {
  return points.filter(({ event_time }, index) => points[index + 1]?.event_time.slice(0, 7) !== event_time.slice(0, 7));
}
