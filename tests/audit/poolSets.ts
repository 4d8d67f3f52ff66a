import type { TrainingSet } from "../../shared/features/trainingSet.ts";

export interface PooledSet {
  readonly set: TrainingSet;
  /** Of each row, which of the given sets it is from, and which of its rows. */
  readonly source: Uint32Array;
  readonly source_row: Uint32Array;
}

/**
 * The rows of several instruments in one set, in order of time, so that whatever splits it splits time and not instruments. Its features are
 * all that any of them has, missing where one has none (a leg that is the pair itself), and for each instrument whether the row is of it.
 */
export function poolSets(sets: readonly TrainingSet[]): PooledSet {
  const rows = sets.flatMap(({ event_time }, source) => Array.from(event_time, (time, row) => ({ time, source, row })));
  rows.sort((a, b) => a.time - b.time || a.source - b.source);
  const pick = (column: (set: TrainingSet) => Float64Array | undefined) => {
    const columns = sets.map(column);
    return Float64Array.from(rows, ({ source, row }) => columns[source]?.[row] ?? Number.NaN);
  };
  const names = [...new Set(sets.flatMap(({ feature_names }) => feature_names))];
  const own = sets.map(({ instrument }, source) => ({
    name: `is_${instrument}`,
    values: Float64Array.from(rows, (row) => (row.source === source ? 1 : 0)),
  }));
  return {
    set: {
      instrument: "pooled",
      event_time: pick((set) => set.event_time),
      known_at: pick((set) => set.known_at),
      label_end: pick((set) => set.label_end),
      y: pick((set) => set.y),
      long_net: pick((set) => set.long_net),
      short_net: pick((set) => set.short_net),
      feature_names: [...names, ...own.map(({ name }) => name)],
      features: [...names.map((name) => pick((set) => set.features[set.feature_names.indexOf(name)])), ...own.map(({ values }) => values)],
    },
    source: Uint32Array.from(rows, ({ source }) => source),
    source_row: Uint32Array.from(rows, ({ row }) => row),
  };
}
