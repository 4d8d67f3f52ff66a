import { counted } from "../domain/counted.ts";
import type { Instrument } from "../domain/instrument.ts";
import { POOLED } from "../domain/pooled.ts";
import { AppError } from "../errors.ts";
import { instrumentFlag, poolOf } from "./instrumentView.ts";
import { takeRows } from "./takeRows.ts";
import type { TrainingSet } from "./trainingSet.ts";

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
    name: instrumentFlag(instrument),
    values: Float64Array.from(rows, (row) => (row.source === source ? 1 : 0)),
  }));
  return {
    set: {
      instrument: POOLED,
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

/** Whose each row is. Throws schema_mismatch for a row of a pooled set that is of no pair, or of two. */
export function instrumentsOf(set: Pick<TrainingSet, "instrument" | "event_time" | "feature_names" | "features">): readonly Instrument[] {
  const pairs = poolOf(set.feature_names);
  if (pairs.length === 0) return Array.from(set.event_time, () => set.instrument);
  const flags = pairs.map((pair) => set.features[set.feature_names.indexOf(instrumentFlag(pair))]!);
  return Array.from(set.event_time, (_, row) => {
    const own = pairs.filter((_pair, index) => flags[index]![row] === 1);
    if (own.length === 1) return own[0]!;
    throw new AppError("schema_mismatch", `Row ${row} of the pooled training set is of ${counted(own.length, "pair")}.`);
  });
}

export interface PairRows {
  readonly instrument: Instrument;
  readonly set: TrainingSet;
  /** Of each row of the set, where it stands in the pooled one. */
  readonly rows: Uint32Array;
}

/** The set of one of its pairs alone, without the columns that say which; of a set of one pair the set itself. */
export function pairRows(set: TrainingSet, instrument: Instrument): PairRows {
  const whose = instrumentsOf(set);
  const rows = Uint32Array.from(whose.keys()).filter((row) => whose[row] === instrument);
  if (set.instrument === instrument) return { instrument, set, rows };
  const flags = new Set(poolOf(set.feature_names).map(instrumentFlag));
  const kept = set.feature_names.flatMap((name, index) => (flags.has(name) ? [] : [{ name, values: set.features[index]! }]));
  const own = { ...set, instrument, feature_names: kept.map(({ name }) => name), features: kept.map(({ values }) => values) };
  return { instrument, rows, set: takeRows(own, rows) };
}
