import type { Instant } from "../../shared/domain/instant.ts";
import { joinIndexes } from "../../shared/features/joinIndexes.ts";
import { joinedWindow, timesOf } from "../../shared/features/pointInTimeJoin.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import type { EntityRows } from "../../shared/historical/entityRows.ts";
import { blockRows, type FeatureBlock, type FeatureTable } from "../../shared/historical/featureBlock.ts";
import type { FeatureSelection } from "../../shared/historical/featureSelection.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";

export interface HistoryPorts {
  readonly features: Pick<FeatureStore, "history">;
}

/**
 * Point-in-time features of entity rows, block by block in the order of the rows: of each view the row that `joinIndexes` says was known
 * at the row's moment, in the version recorded last by `recorded_until`. Where there is none, the view's features are null. Rows that
 * ascend by time are read once; of others each block reads the span that it covers.
 */
export async function* historicalFeatures(
  ports: HistoryPorts,
  { entities, selection }: FeatureTable,
  recorded_until: Instant,
  rows_a_block = blockRows(selection.features.length),
): AsyncGenerator<FeatureBlock> {
  for (let from = 0; from < entities.length; from += rows_a_block) {
    const to = Math.min(from + rows_a_block, entities.length);
    const columns = selection.features.map(() => new Float64Array(to - from).fill(Number.NaN));
    for (const group of groupsOf(entities, from, to)) {
      for (const part of partsOf(selection, columns)) await fill(ports, group, part, recorded_until);
    }
    yield { from, to, columns };
  }
}

/** Rows of one instrument in a block. */
interface Group {
  readonly instrument: string;
  /** Where each stands in the block. */
  readonly at: Uint32Array;
  readonly moments: Float64Array;
}

function groupsOf({ instruments, instrument, event_time }: EntityRows, from: number, to: number): readonly Group[] {
  const counts = new Uint32Array(instruments.length);
  for (let row = from; row < to; row++) counts[instrument[row]!] = counts[instrument[row]!]! + 1;
  const groups = instruments.map((name, index) => {
    return { instrument: name, at: new Uint32Array(counts[index]!), moments: new Float64Array(counts[index]!), filled: 0 };
  });
  for (let row = from; row < to; row++) {
    const group = groups[instrument[row]!]!;
    group.at[group.filled] = row - from;
    group.moments[group.filled] = event_time[row]!;
    group.filled += 1;
  }
  return groups.filter(({ at }) => at.length > 0);
}

/** The columns that come from one view. */
interface Part {
  readonly view: ViewSchema;
  readonly columns: readonly { readonly values: Float64Array; readonly position: number }[];
}

function partsOf({ features }: FeatureSelection, columns: readonly Float64Array[]): readonly Part[] {
  const views = [...new Set(features.map(({ view }) => view))];
  return views.map((view) => ({
    view,
    columns: features.flatMap((feature, index) => (feature.view === view ? [{ values: columns[index]!, position: feature.position }] : [])),
  }));
}

async function fill(ports: HistoryPorts, { instrument, at, moments }: Group, { view, columns }: Part, recorded_until: Instant) {
  const [first, last] = endsOf(moments);
  const window = joinedWindow({ start: first - 1, end: last }, view);
  const rows = await ports.features.history(instrument, referenceOf(view), window, Math.min(last, recorded_until), recorded_until);
  const found = joinIndexes(moments, timesOf(rows), view);
  for (let i = 0; i < found.length; i++) {
    const values = rows[found[i]!]?.values;
    if (values === undefined) continue;
    const to = at[i]!;
    for (const column of columns) column.values[to] = values[column.position]!;
  }
}

function endsOf(moments: Float64Array): readonly [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const moment of moments) {
    if (moment < first) first = moment;
    if (moment > last) last = moment;
  }
  return [first, last];
}
