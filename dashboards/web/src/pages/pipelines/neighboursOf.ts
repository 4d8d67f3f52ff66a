import { newestFirst } from "./mergeGrid.ts";

interface Run {
  readonly dag_run_id: string;
  readonly data_interval_end: string;
}

/** The run of the interval before and after one, in the grid's order, as far as these runs tell; null: there is none. */
export function neighboursOf(runs: readonly Run[], own: Run): { readonly previous: string | null; readonly next: string | null } {
  const others = runs.filter(({ dag_run_id }) => dag_run_id !== own.dag_run_id);
  const newer = others.filter((run) => newestFirst(run, own) < 0).toSorted(newestFirst);
  const older = others.filter((run) => newestFirst(run, own) > 0).toSorted(newestFirst);
  return { previous: older[0]?.dag_run_id ?? null, next: newer.at(-1)?.dag_run_id ?? null };
}
