import type { TrainingSet } from "./trainingSet.ts";

/** The set of these rows of it alone, in the order given. */
export function takeRows(set: TrainingSet, rows: ArrayLike<number>): TrainingSet {
  const pick = (column: Float64Array) => {
    const picked = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i]!]!;
    return picked;
  };
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
