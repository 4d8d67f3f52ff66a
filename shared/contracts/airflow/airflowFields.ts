import { z } from "zod";

/**
 * What Airflow's models have beside what stands in shared/contracts/dags.ts. Its clients refuse an answer in which a field is missing that
 * is never null there. What does not exist here is null, or what stands for none: docs/airflow.md tells why of each.
 */

const timeSchema = z.iso.datetime();
const none = z.null();

/** Of a pipeline. */
export const dagFields = {
  dag_display_name: z.string(),
  /** The file that defines it, in the repository. */
  fileloc: z.string(),
  relative_fileloc: z.string(),
  file_token: z.string(),
  bundle_name: none,
  bundle_version: none,
  is_stale: z.literal(false),
  has_import_errors: z.literal(false),
  last_parsed_time: none,
  last_parse_duration: none,
  last_expired: none,
  /** Why it fires as often as it does. */
  timetable_description: z.string().nullable(),
  timetable_partitioned: z.literal(false),
  timetable_periodic: z.boolean(),
  tags: z.array(z.never()),
  owners: z.array(z.never()),
  max_active_tasks: z.int(),
  max_consecutive_failed_dag_runs: z.literal(0),
  has_task_concurrency_limits: z.literal(false),
  is_backfillable: z.literal(true),
  allowed_run_types: z.array(z.enum(["scheduled", "manual", "backfill"])),
  /** The next run of its schedule; null without one. */
  next_dagrun_logical_date: timeSchema.nullable(),
  next_dagrun_data_interval_start: timeSchema.nullable(),
  next_dagrun_data_interval_end: timeSchema.nullable(),
  next_dagrun_run_after: timeSchema.nullable(),
};

/** Of a run. */
export const runFields = {
  dag_display_name: z.string(),
  /** Start of the data interval; null of a run by hand. */
  logical_date: timeSchema.nullable(),
  /** End of the data interval: it never runs before. */
  run_after: timeSchema,
  last_scheduling_decision: none,
  triggering_user_name: none,
  note: none,
  dag_versions: z.array(z.never()),
  bundle_version: none,
  partition_key: none,
  partition_date: none,
};

/** Of a task of a run, and of each of its tries. */
export const taskFields = {
  dag_display_name: z.string(),
  task_display_name: z.string(),
  /** Place of its map key among those of its task in this run, from 0; -1: it is not mapped. */
  map_index: z.int(),
  max_tries: z.int(),
  /** "default_pool" where it needs no slot. */
  pool: z.string(),
  pool_slots: z.literal(1),
  executor_config: z.literal("{}"),
  executor: none,
  hostname: none,
  unixname: none,
  pid: none,
  queue: none,
  priority_weight: none,
  operator: none,
  operator_name: none,
  queued_when: none,
  scheduled_when: none,
  dag_version: none,
};

/** Of a task of a run. */
export const instanceFields = {
  id: z.uuid(),
  rendered_map_index: z.string().nullable(),
  logical_date: runFields.logical_date,
  run_after: runFields.run_after,
  rendered_fields: none,
  trigger: none,
  triggerer_job: none,
};

/** Of a pipeline, in its details. */
export const detailsFields = {
  catchup: z.literal(false),
  /** The same as max_active_tasks. */
  concurrency: z.int(),
  active_runs_count: z.int(),
  timezone: z.string(),
  render_template_as_native_obj: z.literal(false),
  is_favorite: z.literal(false),
  is_paused_upon_creation: z.literal(false),
  doc_md: none,
  start_date: none,
  end_date: none,
  last_parsed: none,
  dag_run_timeout: none,
  params: z.object({}),
  default_args: z.object({}),
  asset_expression: none,
  owner_links: z.object({}),
  template_search_path: none,
  latest_dag_version: none,
};

const timeDeltaSchema = z.object({ __type: z.literal("TimeDelta"), days: z.int(), seconds: z.int(), microseconds: z.int() });

/** A task as it is defined. */
export const definedTaskFields = {
  task_id: z.string(),
  task_display_name: z.string(),
  downstream_task_ids: z.array(z.string()),
  is_mapped: z.boolean(),
  trigger_rule: z.string(),
  retries: z.int(),
  retry_delay: timeDeltaSchema,
  /** Each delay is so many times the one before. */
  retry_exponential_backoff: z.number(),
  execution_timeout: timeDeltaSchema,
  pool: z.string(),
  pool_slots: z.literal(1),
  depends_on_past: z.literal(false),
  wait_for_downstream: z.literal(false),
  extra_links: z.array(z.never()),
  template_fields: z.array(z.never()),
  class_ref: none,
  operator_name: none,
  owner: none,
  queue: none,
  priority_weight: none,
  weight_rule: none,
  start_date: none,
  end_date: none,
  params: z.object({}),
  doc_md: none,
  ui_color: none,
  ui_fgcolor: none,
};
