import { SECOND } from "../domain/instant.ts";
import { TASK_BOUNDS_MS } from "../monitoring/durationBounds.ts";
import type { TaskTotal } from "../ports/metricStore.ts";
import { countsOf, histogram, sums } from "./histogramFamily.ts";
import { counterOf, gaugeOf, type MetricFamily, type MetricLabels } from "./metricFamily.ts";

/** How a try ends. */
const TRY_STATES = ["success", "failed", "skipped"] as const;

/** What the pipelines' tasks have done, and what those that are there now have not. */
export function taskFamilies(totals: readonly TaskTotal[], dag_ids: readonly string[]): MetricFamily[] {
  const none = dag_ids.flatMap((dag_id) => TRY_STATES.map((state) => ({ dag_id, state, tries: 0 })));
  const tries = sums<Pick<TaskTotal, "dag_id" | "state" | "tries">>(
    [...none, ...totals],
    ({ dag_id, state }) => JSON.stringify({ dag_id, state }),
    (total) => total.tries,
  );
  const dags = [...new Set([...dag_ids, ...totals.map(({ dag_id }) => dag_id)])].sort();
  const durations = dags.map((dag_id) => {
    const own = totals.filter((total) => total.dag_id === dag_id);
    const counts = countsOf(
      TASK_BOUNDS_MS,
      own,
      ({ bucket }) => bucket,
      (total) => total.tries,
    );
    return [{ dag_id }, { counts, sum: own.reduce((sum, { duration_ms }) => sum + duration_ms, 0) / SECOND }] as const;
  });
  const successes = totals.filter(({ state }) => state === "success");
  const newest = dags.flatMap((dag_id) => {
    const ends = successes.filter((total) => total.dag_id === dag_id).map(({ last_end }) => last_end);
    return ends.length === 0 ? [] : [[{ dag_id }, Math.max(...ends) / SECOND] as const];
  });
  const bounds = TASK_BOUNDS_MS.map((bound) => bound / SECOND);
  return [
    counterOf(
      "fx_task_tries",
      "Tries of tasks that have ended, by pipeline and how.",
      [...tries].map(([key, count]) => [JSON.parse(key) as MetricLabels, count]),
    ),
    histogram("fx_task_duration_seconds", "What a try of a task took from its start to its end, by pipeline.", bounds, durations),
    gaugeOf("fx_task_success_timestamp_seconds", "When a task of the pipeline last succeeded.", newest),
  ];
}
