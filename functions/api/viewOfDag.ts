import type { Dag } from "../../shared/contracts/dags.ts";
import { nextInterval } from "../../shared/dag/cronInterval.ts";
import type { DagSchedule, Dag as RunnableDag } from "../../shared/dag/dag.ts";
import { sha256Hex } from "../../shared/domain/hash.ts";
import { type Instant, toIso } from "../../shared/domain/instant.ts";
import { NONE_OF_DAG, NONE_OF_DETAILS } from "./airflowNulls.ts";

/** As many as there are workers: no DAG has a bound of its own, and Airflow's clients want a number. */
const UNBOUNDED = 2 ** 31 - 1;

/** A pipeline in the words of Airflow's REST API v2, and its definition. `now`: its next run is the one after it. */
export function viewOfDag(
  { schedule, tasks, requireConf: _conf, mapKeysOf: _keys, defined_in, ...dag }: RunnableDag<never>,
  is_paused: boolean,
  now: Instant,
) {
  const fileloc = defined_in ?? "";
  return {
    ...dag,
    schedule: schedule && { cron: schedule.cron, time_zone: schedule.time_zone, trigger_cron: schedule.trigger_cron },
    // A step is code: of it, its name is shown.
    tasks: tasks.map((task) => ({ ...task, step: task.step.name })),
    is_paused,
    timetable_summary: schedule ? `${schedule.cron} ${schedule.time_zone}` : null,
    timetable_description: schedule?.reason ?? null,
    timetable_periodic: schedule !== null,
    ...NONE_OF_DAG,
    tags: [],
    owners: [],
    dag_display_name: dag.dag_id,
    ...{ fileloc, relative_fileloc: fileloc, file_token: sha256Hex(fileloc) },
    max_active_tasks: UNBOUNDED,
    is_backfillable: true,
    allowed_run_types: schedule ? ["scheduled", "manual", "backfill"] : ["manual", "backfill"],
    ...nextRunOf(schedule, now),
  } satisfies Dag;
}

function nextRunOf(schedule: DagSchedule | null, now: Instant) {
  const next = schedule && nextInterval(schedule.cron, schedule.time_zone, now);
  const [start, end] = next ? [toIso(next.start), toIso(next.end)] : [null, null];
  return {
    next_dagrun_logical_date: start,
    next_dagrun_data_interval_start: start,
    next_dagrun_data_interval_end: end,
    next_dagrun_run_after: end,
  };
}

/** The same with what Airflow's details of a pipeline have beside it. */
export function viewOfDagDetails<View extends Dag>({ schedule }: RunnableDag<never>, dag: View, active_runs_count: number) {
  const timezone = schedule?.time_zone ?? "UTC";
  return { ...dag, ...NONE_OF_DETAILS, params: {}, default_args: {}, owner_links: {}, concurrency: UNBOUNDED, active_runs_count, timezone };
}
