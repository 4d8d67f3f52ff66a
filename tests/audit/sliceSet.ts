import type { Instant } from "../../shared/domain/instant.ts";
import { takeRows } from "../../shared/features/takeRows.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";

/** The rows of event times in `[from, to)` whose label is decided by `decided_by`: what a training at that moment would read. */
export function sliceSet(set: TrainingSet, from: Instant, to: Instant, decided_by: Instant): TrainingSet {
  const belongs = (row: number) => set.event_time[row]! >= from && set.event_time[row]! < to && set.label_end[row]! <= decided_by;
  return takeRows(set, Array.from(set.event_time.keys()).filter(belongs));
}
