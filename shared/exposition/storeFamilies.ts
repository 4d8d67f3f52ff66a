import { type Instant, SECOND } from "../domain/instant.ts";
import type { StoreMetrics } from "../ports/metricStore.ts";
import type { Backlog } from "../ports/monitorStore.ts";
import type { KnownSeries } from "./knownSeries.ts";
import { gauge, type MetricFamily } from "./metricFamily.ts";
import { predictionFamilies } from "./predictionFamilies.ts";
import { requestFamilies } from "./requestFamilies.ts";
import { taskFamilies } from "./taskFamilies.ts";

/** What the store counts, and what waits in it at `now`. */
export function storeFamilies(metrics: StoreMetrics, now: Instant, known: KnownSeries): MetricFamily[] {
  const { predictions, tasks, counters, database_bytes } = metrics;
  return [
    ...predictionFamilies(predictions, known.instruments),
    ...requestFamilies(counters, known.routes),
    ...taskFamilies(tasks, known.dag_ids),
    ...backlog("fx_tasks_due", "tasks that want nothing but a worker", metrics.due_tasks, now),
    ...backlog("fx_callbacks_undelivered", "notifications that were not delivered yet", metrics.callbacks, now),
    ...backlog("fx_dead_letters", "queue messages that could not be read or obeyed, and wait for a person", metrics.dead_letters, now),
    ...(database_bytes === null ? [] : [gauge("fx_database_size_bytes", "Size of libSQL's database file.", database_bytes)]),
  ];
}

/** How many wait, and since when the oldest does: 0 where none does. */
function backlog(name: string, what: string, { count, oldest_at }: Backlog, now: Instant): MetricFamily[] {
  const age = oldest_at === null ? 0 : Math.max(0, now - oldest_at) / SECOND;
  return [
    gauge(name, `How many ${what}.`, count),
    gauge(`${name}_oldest_age_seconds`, `Age of the oldest of the ${what}; 0: there are none.`, age),
  ];
}
