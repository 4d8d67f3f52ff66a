import { z } from "zod";
import { airflowTimeSchema } from "./airflow/airflowTime.ts";
import { absentFields, airflowPage, lifetimeFields, listField, patternFields, unpagedFields } from "./airflow/filterFields.ts";
import { confSchema } from "./conf.ts";
import { dagRunCollectionSchema, dagRunSchema, missedRunsCollectionSchema, runStateSchema, runTypeSchema } from "./dags.ts";
import { AIRFLOW_ROUTES, API_ROUTES } from "./families.ts";
import { mapKeysField, sourcesField } from "./mapKeys.ts";
import { limitField } from "./page.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";

/** Runs of pipelines, in the shapes of Airflow's REST API v2. */

const MAX_GAPS = 100;

/** What Airflow's trigger has and a run here does not. A client that sends all that it knows sends null. */
function notKept(what: string) {
  const message = `a run here has no ${what}: leave it out, or send null`;
  return z
    .unknown()
    .refine((value) => value === undefined || value === null, message)
    .optional();
}

/** Body that triggers a run. */
export const triggerSchema = z.strictObject({
  dag_run_id: z.string().min(1).max(200).nullish(),
  run_type: runTypeSchema.default("manual"),
  data_interval_start: z.string().nullish(),
  data_interval_end: z.string().nullish(),
  /** Airflow's: the moment that the run is for. Null or left out, like the interval: the latest one. */
  logical_date: z.string().nullish(),
  conf: confSchema.nullish().transform((conf) => conf ?? {}),
  map_keys: mapKeysField,
  sources: sourcesField,
  run_after: notKept("time of its own to start after"),
  note: notKept("note"),
  partition_key: notKept("partition"),
});
export type TriggerBody = z.output<typeof triggerSchema>;

/** Fields of a run that a list is sorted by. */
const RUN_FIELDS = [
  "dag_id",
  "dag_run_id",
  "run_id",
  "run_type",
  "state",
  "data_interval_start",
  "data_interval_end",
  "logical_date",
  "run_after",
  "queued_at",
  "start_date",
  "end_date",
  "duration",
  "updated_at",
  "conf",
] as const;
export type RunField = (typeof RUN_FIELDS)[number];

/** Airflow's run types, of which a run here has three. */
const anyRunTypeSchema = z.enum([...runTypeSchema.options, "operator_triggered", "asset_triggered", "asset_materialization"]);

const runsQuery = airflowPage(RUN_FIELDS).extend({
  state: listField(runStateSchema),
  run_type: listField(anyRunTypeSchema),
  ...lifetimeFields,
  ...patternFields("run_id"),
  ...patternFields("dag_id"),
  conf_contains: z.string().max(200).optional(),
  /** As airflowctl sends them: the same as start_date_gte and end_date_lte. */
  start_date: airflowTimeSchema.optional(),
  end_date: airflowTimeSchema.optional(),
  ...unpagedFields,
  ...absentFields("bundle_version", "dag_version", "consuming_asset_pattern", "partition_date_gte", "partition_date_lte"),
  ...absentFields("triggering_user_name_pattern", "triggering_user_name_prefix_pattern"),
  ...absentFields("partition_key_pattern", "partition_key_prefix_pattern"),
});
export type RunsAsked = z.output<typeof runsQuery>;

export const listMissedRuns = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/missed-runs",
  summary: "intervals of the schedules that never got a run, and the command that makes one",
  query: z.object({ dag_id: z.string().default("~").describe("of one pipeline; ~ for all"), limit: limitField(MAX_GAPS) }),
  answers: { 200: missedRunsCollectionSchema },
  errors: [404],
});

export const listDagRuns = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/dagRuns",
  summary: "their runs (~ for those of all), the newest interval first",
  query: runsQuery,
  answers: { 200: dagRunCollectionSchema },
  errors: [404],
});

export const triggerDagRun = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "POST",
  path: "/api/v2/dags/{dag_id}/dagRuns",
  summary: "triggers a run over a data interval, or the latest one ({}); the same call again gives the run that it made",
  body: jsonBody(triggerSchema),
  answers: { 200: dagRunSchema },
  errors: [404, 409],
});

export const readDagRun = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}",
  summary: "one run",
  answers: { 200: dagRunSchema },
  errors: [404],
});
