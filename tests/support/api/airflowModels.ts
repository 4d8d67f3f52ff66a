import { z } from "zod";

/**
 * What apache-airflow-client 3.3.2 takes an answer for, from its models: required fields, and optional ones, which may be null or not there.
 * Its types are strict, and one that does not fit fails the whole answer. Unknown fields are passed over.
 */

const text = z.string();
const int = z.int();
const truth = z.boolean();
const moment = z.iso.datetime({ offset: true });
const object = z.record(z.string(), z.unknown());

function model<Required extends z.ZodRawShape, Optional extends z.ZodRawShape>(required: Required, optional: Optional) {
  const lenient = Object.entries(optional).map(([name, type]) => [name, (type as z.ZodType).nullish()]);
  return z.object({ ...required, ...(Object.fromEntries(lenient) as { [Name in keyof Optional]: z.ZodType }) });
}

const RUN_TYPES = z.enum(["backfill", "scheduled", "manual", "operator_triggered", "asset_triggered", "asset_materialization"]);
const TRIGGERED_BY = z.enum(["cli", "operator", "rest_api", "ui", "test", "timetable", "asset", "backfill"]);
const TASK_STATES = z
  .enum(["removed", "scheduled", "queued", "running", "success", "restarting", "failed", "up_for_retry", "up_for_reschedule"])
  .or(z.enum(["upstream_failed", "skipped", "deferred", "awaiting_input"]));
const dagVersion = model({ id: z.uuid(), version_number: int, dag_id: text, dag_display_name: text, created_at: moment }, {});
const timeDelta = z.object({ __type: z.literal("TimeDelta"), days: int, seconds: int, microseconds: int });
const tag = z.object({ name: text, dag_id: text, dag_display_name: text });

const dagShape = {
  required: {
    ...{ dag_id: text, dag_display_name: text, fileloc: text, file_token: text, is_paused: truth, is_stale: truth },
    ...{ has_import_errors: truth, has_task_concurrency_limits: truth, is_backfillable: truth, timetable_partitioned: truth },
    ...{
      timetable_periodic: truth,
      max_active_tasks: int,
      max_consecutive_failed_dag_runs: int,
      owners: z.array(text),
      tags: z.array(tag),
    },
  },
  optional: {
    ...{ description: text, bundle_name: text, bundle_version: text, relative_fileloc: text, timetable_summary: text },
    ...{
      timetable_description: text,
      max_active_runs: int,
      last_parse_duration: z.number(),
      last_parsed_time: moment,
      last_expired: moment,
    },
    ...{ next_dagrun_logical_date: moment, next_dagrun_data_interval_start: moment, next_dagrun_data_interval_end: moment },
    ...{ next_dagrun_run_after: moment, allowed_run_types: z.array(RUN_TYPES) },
  },
};
const dag = model(dagShape.required, dagShape.optional);
const dagDetails = model(
  { ...dagShape.required, catchup: truth, render_template_as_native_obj: truth, concurrency: int },
  {
    ...{ ...dagShape.optional, active_runs_count: int, is_favorite: truth, is_paused_upon_creation: truth, start_date: moment },
    ...{ end_date: moment, last_parsed: moment, timezone: text, doc_md: text, dag_run_timeout: text, params: object, default_args: object },
    ...{ asset_expression: object, owner_links: object, template_search_path: z.array(text), latest_dag_version: dagVersion },
  },
);
const run = model(
  {
    dag_run_id: text,
    dag_id: text,
    dag_display_name: text,
    run_after: moment,
    run_type: RUN_TYPES,
    state: text,
    dag_versions: z.array(dagVersion),
  },
  {
    ...{
      logical_date: moment,
      queued_at: moment,
      start_date: moment,
      end_date: moment,
      data_interval_start: moment,
      data_interval_end: moment,
    },
    ...{ last_scheduling_decision: moment, partition_date: moment, duration: z.number(), conf: object, note: text, bundle_version: text },
    ...{ partition_key: text, triggering_user_name: text, triggered_by: TRIGGERED_BY },
  },
);
const historyShape = {
  required: {
    ...{ task_id: text, task_display_name: text, dag_id: text, dag_run_id: text, dag_display_name: text, map_index: int },
    ...{ try_number: int, max_tries: int, pool: text, pool_slots: int, executor_config: text },
  },
  optional: {
    ...{ state: TASK_STATES, start_date: moment, end_date: moment, duration: z.number(), hostname: text, unixname: text, queue: text },
    ...{ operator: text, operator_name: text, executor: text, priority_weight: int, pid: int, queued_when: moment, scheduled_when: moment },
    ...{ dag_version: dagVersion },
  },
};
const history = model(historyShape.required, historyShape.optional);
const instance = model(
  { ...historyShape.required, id: z.uuid(), run_after: moment },
  { ...historyShape.optional, logical_date: moment, note: text, rendered_map_index: text, rendered_fields: object },
);
const task = model(
  { depends_on_past: truth, wait_for_downstream: truth, retry_exponential_backoff: z.number(), extra_links: z.array(text) },
  {
    ...{
      task_id: text,
      task_display_name: text,
      owner: text,
      trigger_rule: text,
      queue: text,
      pool: text,
      operator_name: text,
      is_mapped: truth,
    },
    ...{ weight_rule: text, doc_md: text, pool_slots: z.number(), retries: z.number(), priority_weight: z.number(), params: object },
    ...{ retry_delay: timeDelta, execution_timeout: timeDelta, downstream_task_ids: z.array(text), template_fields: z.array(text) },
    ...{ class_ref: object, start_date: moment, end_date: moment },
  },
);
const backfill = model(
  {
    ...{ id: int.min(0), dag_id: text, dag_display_name: text, from_date: moment, to_date: moment, created_at: moment, updated_at: moment },
    ...{ is_paused: truth, max_active_runs: int, reprocess_behavior: z.enum(["failed", "completed", "none"]) },
  },
  { completed_at: moment, dag_run_conf: object },
);
const planned = model({}, { logical_date: moment, partition_key: text, partition_date: moment });
const pool = model(
  {
    ...{ name: text, slots: int.min(-1), occupied_slots: int, running_slots: int, queued_slots: int, scheduled_slots: int },
    ...{ open_slots: int, deferred_slots: int, include_deferred: truth },
  },
  { description: text, team_name: text },
);
const eventLog = model(
  { event_log_id: int, when: moment, event: text },
  {
    ...{ dag_id: text, dag_display_name: text, task_id: text, task_display_name: text, run_id: text, map_index: int, try_number: int },
    ...{ logical_date: moment, owner: text, extra: text },
  },
);
const health = z.object({
  metadatabase: model({}, { status: text }),
  scheduler: model({}, { status: text, latest_scheduler_heartbeat: text }),
  triggerer: model({}, { status: text, latest_triggerer_heartbeat: text }),
  dag_processor: object.nullish(),
});
const log = z.object({
  content: z.union([z.array(model({ event: text }, { timestamp: moment })), z.array(text)]),
  continuation_token: text.nullish(),
});
const listOf = (name: string, one: z.ZodType) => z.object({ [name]: z.array(one), total_entries: int });
const problem = z.object({ loc: z.array(z.union([text, int])), msg: text, type: text });

export const AIRFLOW_MODELS = {
  dag,
  dagDetails,
  dags: listOf("dags", dag),
  run,
  runs: listOf("dag_runs", run),
  instance,
  instances: listOf("task_instances", instance),
  history,
  tries: listOf("task_instances", history),
  log,
  dependencies: z.object({ dependencies: z.array(z.object({ name: text, reason: text })) }),
  task,
  tasks: listOf("tasks", task),
  backfill,
  backfills: listOf("backfills", backfill),
  plan: listOf("backfills", planned),
  pool,
  pools: listOf("pools", pool),
  eventLog,
  eventLogs: listOf("event_logs", eventLog),
  importErrors: listOf("import_errors", z.never()),
  dagWarnings: listOf("dag_warnings", z.never()),
  dagTags: listOf("tags", z.never()),
  dagVersions: listOf("dag_versions", z.never()),
  jobs: listOf("jobs", z.never()),
  assets: listOf("assets", z.never()),
  health,
  version: model({ version: text }, { git_version: text }),
  /** Clearing a run, dry: a whole task instance fits two of the client's models, which it takes for an error. */
  clearedRun: listOf("task_instances", z.strictObject({ task_id: text, task_display_name: text })),
  token: z.object({ access_token: text.min(1) }),
  error: z.object({ detail: z.union([text, object]) }),
  invalid: z.object({ detail: z.array(problem) }),
} as const;
export type AirflowModel = keyof typeof AIRFLOW_MODELS;
