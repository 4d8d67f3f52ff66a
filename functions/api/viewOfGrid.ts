import type { DagGrid, GridRunView } from "../../shared/contracts/dagGrid.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { topologicalOrder } from "../../shared/dag/dagGraph.ts";
import { summaryState } from "../../shared/dag/summaryState.ts";
import { type Instant, MINUTE, SECOND, toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import type { GridRun, GridTask } from "../../shared/ports/ledgerRecords.ts";
import { datesOf } from "./datesOf.ts";

/** What ended at a moment may be written a little later: nobody holds a transaction open for as long. */
const OVERLAP = MINUTE;

/** A page of runs as a table. `since`: what was asked for. */
export function viewOfGrid(
  dag: DagDefinition,
  { runs, next_before }: { readonly runs: readonly GridRun[]; readonly next_before: string | null },
  since: Instant | null,
): DagGrid {
  const tasks = columnsOf(dag, runs);
  return {
    dag_id: dag.dag_id,
    tasks,
    runs: runs.map((run) => viewOfLine(tasks, run)),
    next_before,
    next_since: toIsoOrNull(nextSince(runs, since)),
  };
}

/** Tasks as they are defined, and behind them those that runs had before. */
function columnsOf(dag: DagDefinition, runs: readonly GridRun[]): DagGrid["tasks"] {
  const defined = topologicalOrder(dag.tasks).map(({ task_id, upstream, map_over }) => ({
    ...{ task_id, upstream: [...upstream], is_mapped: map_over !== null, is_defined: true },
  }));
  const known = new Set(defined.map(({ task_id }) => task_id));
  const lost = new Map(runs.flatMap(({ tasks }) => tasks.filter(({ task_id }) => !known.has(task_id)).map((task) => [task.task_id, task])));
  const former = [...lost].map(([task_id, { is_mapped }]) => ({ task_id, upstream: [], is_mapped, is_defined: false }));
  return [...defined, ...former.toSorted((a, b) => (a.task_id < b.task_id ? -1 : 1))];
}

function viewOfLine(columns: DagGrid["tasks"], run: GridRun): GridRunView {
  const { run_id, run_type, state, window, queued_at, started_at, ended_at, backfill_id, is_late } = run;
  const by_id = new Map(run.tasks.map((task) => [task.task_id, task]));
  const cells = columns.map(({ task_id }) => by_id.get(task_id) ?? null);
  const secondsTo = (moment: Instant | null) => (moment === null ? null : (moment - queued_at) / SECOND);
  return {
    dag_run_id: run_id,
    ...{ run_type, state, logical_date: datesOf(run).logical_date },
    ...{ data_interval_start: toIso(window.start), data_interval_end: toIso(window.end) },
    ...{ queued_at: toIso(queued_at), start_date: toIsoOrNull(started_at), end_date: toIsoOrNull(ended_at), backfill_id, is_late },
    states: cells.map(stateOf),
    counts: cells.map((cell) => (cell?.is_mapped ? { ...cell.counts } : null)),
    try_number: cells.map((cell) => cell?.try_number ?? 0),
    start_s: cells.map((cell) => secondsTo(cell?.started_at ?? null)),
    end_s: cells.map((cell) => secondsTo(cell?.ended_at ?? null)),
  };
}

function stateOf(cell: GridTask | null): GridRunView["states"][number] {
  if (cell === null) return "absent";
  const state = summaryState(cell.counts);
  return state === "none" ? null : state;
}

/** The moment goes on with what ended, and not with the clock: where nothing has changed the answer is the same. */
function nextSince(runs: readonly GridRun[], since: Instant | null): Instant | null {
  const ends = runs.flatMap(({ ended_at }) => (ended_at === null ? [] : [ended_at - OVERLAP]));
  const known = since === null ? ends : [...ends, since];
  return known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b));
}
