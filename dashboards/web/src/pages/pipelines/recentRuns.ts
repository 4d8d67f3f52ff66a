import type { DagRun } from "../../../../../shared/contracts/dags.ts";

/** How a pipeline has done lately. */
export interface RecentRuns {
  /** Of the newest interval. */
  readonly last: Pick<DagRun, "dag_run_id" | "state" | "start_date" | "end_date" | "data_interval_end"> | null;
  /** When the last one that succeeded ended; null: none of these did. */
  readonly last_success_at: string | null;
  readonly active: number;
  readonly ended: number;
  readonly succeeded: number;
}

/** `runs`: the newest interval first. */
export function recentRuns(runs: readonly DagRun[]): RecentRuns {
  const ended = runs.filter(({ state }) => state === "success" || state === "failed");
  const succeeded = ended.filter(({ state }) => state === "success");
  const ends = succeeded.flatMap(({ end_date }) => (end_date === null ? [] : [end_date]));
  return {
    last: runs[0] ?? null,
    last_success_at: ends.reduce<string | null>((a, b) => (a === null || Date.parse(b) > Date.parse(a) ? b : a), null),
    active: runs.length - ended.length,
    ended: ended.length,
    succeeded: succeeded.length,
  };
}
