import type { Instant } from "../../shared/domain/instant.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";

/** The rows of event times in `[from, to)` whose label is decided by `decided_by`: what a training at that moment would read. */
export function sliceSet(set: TrainingSet, from: Instant, to: Instant, decided_by: Instant): TrainingSet {
  const belongs = (row: number) => set.event_time[row]! >= from && set.event_time[row]! < to && set.label_end[row]! <= decided_by;
  const pick = (values: Float64Array) => values.filter((_, row) => belongs(row));
  return {
    instrument: set.instrument,
    event_time: pick(set.event_time),
    known_at: pick(set.known_at),
    label_end: pick(set.label_end),
    y: pick(set.y),
    long_net: pick(set.long_net),
    short_net: pick(set.short_net),
    feature_names: set.feature_names,
    features: set.features.map(pick),
  };
}
