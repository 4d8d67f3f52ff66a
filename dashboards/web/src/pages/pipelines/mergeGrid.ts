import type { DagGrid, GridRunView } from "../../../../../shared/contracts/dagGrid.ts";

/**
 * The grid as it is now: what is known, and what has changed since (an answer to `since`). Runs behind the newest `limit` are left out. The
 * lists of each run are brought into the order of the tasks that both have.
 */
export function mergeGrid(known: DagGrid | undefined, news: DagGrid, limit: number): DagGrid {
  if (known === undefined) return news;
  const tasks = tasksOfBoth(known.tasks, news.tasks);
  const told = new Set(news.runs.map(({ dag_run_id }) => dag_run_id));
  const runs = [
    ...news.runs.map((run) => inOrderOf(run, news.tasks, tasks)),
    ...known.runs.filter(({ dag_run_id }) => !told.has(dag_run_id)).map((run) => inOrderOf(run, known.tasks, tasks)),
  ];
  return { ...news, tasks, runs: runs.toSorted(newestFirst).slice(0, limit), next_since: news.next_since ?? known.next_since };
}

/** Those that are defined now, and behind them those that only former runs had. */
function tasksOfBoth(known: DagGrid["tasks"], news: DagGrid["tasks"]): DagGrid["tasks"] {
  const ids = new Set(news.map(({ task_id }) => task_id));
  const former = known.filter(({ task_id }) => !ids.has(task_id)).map((task) => ({ ...task, upstream: [], is_defined: false }));
  return former.length === 0 ? news : [...news, ...former];
}

function inOrderOf(run: GridRunView, from: DagGrid["tasks"], to: DagGrid["tasks"]): GridRunView {
  if (from.length === to.length && from.every(({ task_id }, place) => task_id === to[place]?.task_id)) return run;
  const places = new Map(from.map(({ task_id }, place) => [task_id, place]));
  const pick = <Value>(values: readonly Value[], missing: Value) =>
    to.map(({ task_id }) => {
      const place = places.get(task_id);
      return place === undefined ? missing : values[place]!;
    });
  return {
    ...run,
    states: pick(run.states, "absent"),
    counts: pick(run.counts, null),
    try_number: pick(run.try_number, 0),
    start_s: pick(run.start_s, null),
    end_s: pick(run.end_s, null),
  };
}

/** The order of the grid: the newest interval first, and of one interval by name. */
export function newestFirst(
  a: Pick<GridRunView, "dag_run_id" | "data_interval_end">,
  b: Pick<GridRunView, "dag_run_id" | "data_interval_end">,
): number {
  const by_end = Date.parse(b.data_interval_end) - Date.parse(a.data_interval_end);
  return by_end === 0 ? (a.dag_run_id < b.dag_run_id ? -1 : 1) : by_end;
}
