import { giveBack } from "../../shared/domain/giveBack.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { earlierIndexes } from "../../shared/features/earlierIndexes.ts";
import { gatherColumns } from "../../shared/features/gatherColumns.ts";
import { joinIndexes } from "../../shared/features/joinIndexes.ts";
import { joinedWindow } from "../../shared/features/pointInTimeJoin.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import { planBlock, type StoredColumn } from "../../shared/historical/blockPlan.ts";
import type { EntityRows } from "../../shared/historical/entityRows.ts";
import { blockRows, type FeatureBlock, type FeatureTable } from "../../shared/historical/featureBlock.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";

export interface HistoryPorts {
  readonly features: Pick<FeatureStore, "history" | "eventTimeBefore">;
}

/**
 * Point-in-time features of entity rows, block by block in the order of the rows: of each view the row that `joinIndexes` says was known
 * at the row's moment, in the version recorded last by `recorded_until`. Where there is none, the view's features are null. What is
 * computed on demand is computed of these. Rows that ascend by time are read once; of others each block reads the span that it covers.
 * Two blocks are read at once, so that the store works on one while the other's answers are taken apart.
 */
export async function* historicalFeatures(
  ports: HistoryPorts,
  table: FeatureTable,
  recorded_until: Instant,
  rows_a_block = blockRows(table.selection.features.length),
): AsyncGenerator<FeatureBlock> {
  const { length } = table.entities;
  let next = 0;
  const started: Promise<FeatureBlock>[] = [];
  function start(): void {
    if (next >= length) return;
    const block = readBlock(ports, table, next, Math.min(next + rows_a_block, length), recorded_until);
    // It is waited for below; until then, or where nobody asks for it any more, a failure is nobody's.
    block.catch(() => undefined);
    started.push(block);
    next += rows_a_block;
  }
  start();
  start();
  for (let reading = started.shift(); reading !== undefined; reading = started.shift()) {
    const block = await reading;
    yield block;
    giveBack(...block.columns);
    start();
  }
}

async function readBlock(
  ports: HistoryPorts,
  table: FeatureTable,
  from: number,
  to: number,
  recorded_until: Instant,
): Promise<FeatureBlock> {
  const plan = planBlock(table, from, to);
  for (const group of groupsOf(table.entities, from, to)) {
    for (const part of partsOf(plan.reads)) await fill(ports, group, part, recorded_until);
  }
  return { from, to, columns: plan.columns() };
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

/** The columns that come from one view, by how many rows earlier they are. */
interface Part {
  readonly view: ViewSchema;
  readonly columns: ReadonlyMap<number, readonly StoredColumn[]>;
}

function partsOf(reads: readonly StoredColumn[]): readonly Part[] {
  return [...Map.groupBy(reads, ({ view }) => view)].map(([view, columns]) => ({
    view,
    columns: Map.groupBy(columns, ({ rows_back }) => rows_back),
  }));
}

async function fill(ports: HistoryPorts, { instrument, at, moments }: Group, { view, columns }: Part, recorded_until: Instant) {
  const [first, last] = endsOf(moments);
  const joined = joinedWindow({ start: first - 1, end: last }, view);
  const window = { ...joined, start: await startOf(ports, instrument, view, joined.start, Math.max(...columns.keys()), recorded_until) };
  const rows = await ports.features.history(instrument, referenceOf(view), window, Math.min(last, recorded_until), recorded_until);
  const found = joinIndexes(moments, rows, view);
  for (const [rows_back, wanted] of columns) {
    const indexes = rows_back === 0 ? found : earlierIndexes(moments, found, rows, rows_back);
    gatherColumns(rows.pages, indexes, at, wanted);
  }
  giveBack(...rows.pages.map(({ values }) => values));
}

/**
 * From where on rows are read, when those of so many rows earlier are wanted. What was known when the window begins was known at every
 * moment of it, so that no row before these can be among the last `rows_back` ones before any of its rows.
 */
async function startOf(
  { features }: HistoryPorts,
  instrument: string,
  view: ViewSchema,
  start: Instant,
  rows_back: number,
  recorded_until: Instant,
): Promise<Instant> {
  if (rows_back === 0) return start;
  const earliest = await features.eventTimeBefore(instrument, referenceOf(view), rows_back, { until: start, as_of: start }, recorded_until);
  return earliest === null ? Number.MIN_SAFE_INTEGER : earliest - 1;
}

function endsOf(moments: Float64Array): readonly [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const moment of moments) {
    if (moment < first) first = moment;
    if (moment > last) last = moment;
  }
  return [first, last];
}
