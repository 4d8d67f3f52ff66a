import { z } from "zod";
import { MISSED_REASONS } from "../dag/missedRuns.ts";
import type { TimeZone } from "../domain/timeZone.ts";
import { dagFields, instanceFields, runFields, taskFields } from "./airflow/airflowFields.ts";

/** Runs, tasks and tries as the API and the CLI show them: names and states of Airflow's REST API v2, times in ISO 8601. */

/** What a queue message carries: which task may be due. A hint and never the record. */
export const taskKeySchema = z.strictObject({
  dag_id: z.string().min(1),
  run_id: z.string().min(1),
  task_id: z.string().min(1),
  /** The instrument (or source) of a mapped task, "" for a task that is not mapped. */
  map_key: z.string(),
});
export type TaskKey = z.infer<typeof taskKeySchema>;

export const runTypeSchema = z.enum(["scheduled", "manual", "backfill"]);
export type RunType = z.infer<typeof runTypeSchema>;

export const triggeredBySchema = z.enum(["cli", "operator", "rest_api", "ui", "test", "timetable", "backfill"]);
export type TriggeredBy = z.infer<typeof triggeredBySchema>;

export const runStateSchema = z.enum(["queued", "running", "success", "failed"]);

export const taskStateSchema = z.enum([
  "queued",
  "running",
  "success",
  "failed",
  "skipped",
  "up_for_retry",
  "up_for_reschedule",
  "upstream_failed",
  "removed",
]);

const timeSchema = z.iso.datetime();
const factsSchema = z.record(z.string(), z.unknown());

const timeZoneSchema = z.enum(["America/New_York", "Europe/London", "Asia/Tokyo", "Asia/Singapore", "UTC"] satisfies TimeZone[]);

/** A pipeline: its definition, and whether it is paused. */
export const dagSchema = z.looseObject({
  dag_id: z.string(),
  description: z.string(),
  schedule: z.object({ cron: z.string(), time_zone: timeZoneSchema, trigger_cron: z.string() }).nullable(),
  /** Cron and time zone; null: it runs only when triggered. */
  timetable_summary: z.string().nullable(),
  max_active_runs: z.int(),
  is_paused: z.boolean(),
  ...dagFields,
});
export type Dag = z.infer<typeof dagSchema>;

export const dagCollectionSchema = z.object({ dags: z.array(dagSchema), total_entries: z.int() });

export const dagRunSchema = z.object({
  dag_id: z.string(),
  dag_run_id: z.string(),
  run_type: runTypeSchema,
  state: runStateSchema,
  data_interval_start: timeSchema,
  data_interval_end: timeSchema,
  conf: factsSchema,
  triggered_by: triggeredBySchema,
  queued_at: timeSchema,
  start_date: timeSchema.nullable(),
  end_date: timeSchema.nullable(),
  /** Seconds from start to end, null until the end. */
  duration: z.number().nullable(),
  /** The backfill that it belongs to. */
  backfill_id: z.int().nullable(),
  deadline_at: timeSchema.nullable(),
  /** It was not done by its deadline. */
  is_late: z.boolean(),
  /** Tasks that failed, or were given up because another did. Of a run that is a success: of those that may fail. */
  failed_tasks: z.int(),
  skipped_tasks: z.int(),
  /** Why, in the words of the first that had a reason of its own. */
  skip_reason: z.string().nullable(),
  ...runFields,
});
export type DagRun = z.infer<typeof dagRunSchema>;

export const dagRunCollectionSchema = z.object({ dag_runs: z.array(dagRunSchema), total_entries: z.int() });

/** A gap in the runs of a schedule: intervals that never got one. */
export const missedRunsSchema = z.object({
  dag_id: z.string(),
  /** From the start of the first interval to the end of the last. */
  data_interval_start: timeSchema,
  data_interval_end: timeSchema,
  /** How many; counted up to 1,000. */
  intervals: z.int(),
  reason: z.enum(MISSED_REASONS),
  found_at: timeSchema,
  /** Runs that have not failed cover all of it by now. */
  is_made_up: z.boolean(),
  /** What makes one run over all of it. */
  command: z.string(),
});
export type MissedRunsView = z.infer<typeof missedRunsSchema>;

/** GET /api/missed-runs */
export const missedRunsCollectionSchema = z.object({ missed_runs: z.array(missedRunsSchema), total_entries: z.int() });

export const taskInstanceSchema = z.object({
  dag_id: z.string(),
  dag_run_id: z.string(),
  task_id: z.string(),
  map_key: z.string(),
  /** Null: it waits for tasks upstream. */
  state: taskStateSchema.nullable(),
  /** 0 before the first try. */
  try_number: z.int(),
  /** The earliest next slice or try, where one is due. */
  not_before: timeSchema.nullable(),
  start_date: timeSchema.nullable(),
  end_date: timeSchema.nullable(),
  duration: z.number().nullable(),
  report: factsSchema.nullable(),
  /** Why it was skipped, what it waits for, or who set its state. */
  note: z.string().nullable(),
  ...taskFields,
  ...instanceFields,
});
export type TaskInstance = z.infer<typeof taskInstanceSchema>;

export const taskInstanceCollectionSchema = z.object({ task_instances: z.array(taskInstanceSchema), total_entries: z.int() });

export const attemptErrorSchema = z.object({ code: z.string(), message: z.string(), retryable: z.boolean() });
export type AttemptError = z.infer<typeof attemptErrorSchema>;

export const taskAttemptSchema = z.object({
  dag_id: z.string(),
  dag_run_id: z.string(),
  task_id: z.string(),
  map_key: z.string(),
  try_number: z.int(),
  state: taskStateSchema,
  start_date: timeSchema,
  end_date: timeSchema.nullable(),
  duration: z.number().nullable(),
  error: attemptErrorSchema.nullable(),
  report: factsSchema.nullable(),
  log: z.string(),
  ...taskFields,
});
export type TaskAttempt = z.infer<typeof taskAttemptSchema>;

export const taskAttemptCollectionSchema = z.object({ task_instances: z.array(taskAttemptSchema), total_entries: z.int() });
