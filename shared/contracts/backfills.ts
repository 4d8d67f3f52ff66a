import { z } from "zod";
import { BACKFILL_STEP, type BackfillStep } from "../dag/backfillIntervals.ts";
import { airflowPage } from "./airflow/filterFields.ts";
import { confSchema } from "./conf.ts";
import { AIRFLOW_ROUTES } from "./families.ts";
import { mapKeysField, sourcesField } from "./mapKeys.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";

/** Backfills, in the shapes of Airflow's REST API v2, with `map_keys`, `sources` and `step` added. */

export const reprocessBehaviorSchema = z.enum(["none", "failed", "completed"]);

/** A text that names a step. */
const stepSchema = z
  .string()
  .regex(BACKFILL_STEP, 'use "schedule", or hours or days such as "6h" and "1d"')
  .transform((text) => text as BackfillStep);

/** Runs of one backfill that may be under way at once, where nobody says otherwise. */
export const DEFAULT_ACTIVE_RUNS = 10;

export const backfillBodySchema = z.strictObject({
  dag_id: z.string().min(1).max(200),
  from_date: z.string(),
  to_date: z.string(),
  /** Length of each run's interval. Absent: "1d" for a DAG that runs more often than daily, else "schedule". */
  step: stepSchema.optional(),
  map_keys: mapKeysField,
  sources: sourcesField,
  run_backwards: z.boolean().default(false),
  max_active_runs: z
    .int()
    .min(1)
    .max(100)
    .nullish()
    .transform((runs) => runs ?? DEFAULT_ACTIVE_RUNS),
  /** What is done about an interval that a run covers already: nothing; run it again if it failed; run it again. */
  reprocess_behavior: reprocessBehaviorSchema.nullish().transform((behavior) => behavior ?? "none"),
  dag_run_conf: confSchema.nullish().transform((conf) => conf ?? {}),
  /** Of the code there is one version. */
  run_on_latest_version: z.boolean().nullish(),
});
export type BackfillBody = z.input<typeof backfillBodySchema>;
/** With what was left out. */
export type BackfillRequest = z.output<typeof backfillBodySchema>;

const timeSchema = z.iso.datetime();

export const backfillSchema = z.object({
  id: z.int(),
  dag_id: z.string(),
  dag_display_name: z.string(),
  from_date: timeSchema,
  to_date: timeSchema,
  step: z.string(),
  /** Instruments and news sources that it is narrowed to; null: the configured ones. */
  map_keys: z.array(z.string()).nullable(),
  sources: z.array(z.string()).nullable(),
  run_backwards: z.boolean(),
  max_active_runs: z.int(),
  reprocess_behavior: reprocessBehaviorSchema,
  dag_run_conf: z.record(z.string(), z.unknown()),
  reason: z.string().nullable(),
  state: z.enum(["running", "paused", "completed", "cancelled"]),
  is_paused: z.boolean(),
  created_at: timeSchema,
  updated_at: timeSchema,
  completed_at: timeSchema.nullable(),
  /** Intervals by what became of them; `queued` counts those whose run is not made yet. They add up to `total`. */
  progress: z.object({
    total: z.int(),
    queued: z.int(),
    running: z.int(),
    success: z.int(),
    failed: z.int(),
    /** A run covered them already. */
    skipped: z.int(),
    /** Cancelled before they had a run. */
    cancelled: z.int(),
  }),
});
export type BackfillView = z.infer<typeof backfillSchema>;

export const backfillCollectionSchema = z.object({ backfills: z.array(backfillSchema), total_entries: z.int() });

/** An interval of a dry run, and what would be done about it. */
export const plannedIntervalSchema = z.object({
  data_interval_start: timeSchema,
  data_interval_end: timeSchema,
  action: z.enum(["create", "rerun", "skip", "wait"]),
  /** The run that covers it already. */
  dag_run_id: z.string().nullable(),
  logical_date: timeSchema,
  partition_key: z.null(),
  partition_date: z.null(),
});

/** In the order in which they would run, the first 1,000 of them. */
export const plannedBackfillSchema = z.object({ backfills: z.array(plannedIntervalSchema), total_entries: z.int(), step: z.string() });
export type PlannedBackfill = z.infer<typeof plannedBackfillSchema>;

/** Fields of a backfill that a list is sorted by. */
const BACKFILL_FIELDS = ["id", "dag_id", "from_date", "to_date", "created_at", "updated_at", "completed_at"] as const;
export type BackfillField = (typeof BACKFILL_FIELDS)[number];

export const listBackfills = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/backfills",
  summary: "runs of a pipeline over a span of the past, the newest first",
  query: airflowPage(BACKFILL_FIELDS).extend({ dag_id: z.string().optional().describe("only of this pipeline") }),
  answers: { 200: backfillCollectionSchema },
  errors: [404],
});

export const createBackfill = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "POST",
  path: "/api/v2/backfills",
  summary: "starts one",
  body: jsonBody(backfillBodySchema),
  answers: { 200: backfillSchema },
  errors: [404],
});

export const planBackfill = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "POST",
  path: "/api/v2/backfills/dry_run",
  summary: "the intervals that it would run",
  body: jsonBody(backfillBodySchema),
  answers: { 200: plannedBackfillSchema },
  errors: [404],
});

export const readBackfill = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/backfills/{id}",
  summary: "how far it is",
  answers: { 200: backfillSchema },
  errors: [404],
});

export const pauseBackfill = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "PUT",
  path: "/api/v2/backfills/{id}/pause",
  summary: "starts no further run of it",
  answers: { 200: backfillSchema },
  errors: [404, 409],
});

export const unpauseBackfill = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "PUT",
  path: "/api/v2/backfills/{id}/unpause",
  summary: "goes on with it",
  answers: { 200: backfillSchema },
  errors: [404, 409],
});

export const cancelBackfill = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "PUT",
  path: "/api/v2/backfills/{id}/cancel",
  summary: "ends it; runs that run go on to their end",
  answers: { 200: backfillSchema },
  errors: [404, 409],
});
