/** What Airflow's models have and nothing here stands for: see docs/airflow.md. */

export const NONE_OF_DAG = {
  bundle_name: null,
  bundle_version: null,
  is_stale: false,
  has_import_errors: false,
  last_parsed_time: null,
  last_parse_duration: null,
  last_expired: null,
  timetable_partitioned: false,
  max_consecutive_failed_dag_runs: 0,
  has_task_concurrency_limits: false,
} as const;

export const NONE_OF_DETAILS = {
  catchup: false,
  render_template_as_native_obj: false,
  is_favorite: false,
  is_paused_upon_creation: false,
  doc_md: null,
  start_date: null,
  end_date: null,
  last_parsed: null,
  dag_run_timeout: null,
  asset_expression: null,
  template_search_path: null,
  latest_dag_version: null,
} as const;

export const NONE_OF_RUN = {
  last_scheduling_decision: null,
  triggering_user_name: null,
  note: null,
  bundle_version: null,
  partition_key: null,
  partition_date: null,
} as const;

export const NONE_OF_TASK = {
  pool_slots: 1,
  executor_config: "{}",
  executor: null,
  hostname: null,
  unixname: null,
  pid: null,
  queue: null,
  priority_weight: null,
  operator: null,
  operator_name: null,
  queued_when: null,
  scheduled_when: null,
  dag_version: null,
} as const;
