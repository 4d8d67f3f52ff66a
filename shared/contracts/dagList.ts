import { z } from "zod";
import { definedTaskFields, detailsFields } from "./airflow/airflowFields.ts";
import { absentFields, airflowPage, listField, patternFields, timeRange } from "./airflow/filterFields.ts";
import { dagCollectionSchema, dagSchema, runStateSchema } from "./dags.ts";
import { AIRFLOW_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";

/** Pipelines and their tasks as they are defined, in the shapes of Airflow's REST API v2. */

const truthSchema = z.enum(["true", "false"]).transform((text) => text === "true");

const DAG_FIELDS = ["dag_id", "dag_display_name", "is_paused", "next_dagrun"] as const;
export type DagField = (typeof DAG_FIELDS)[number];

const dagsQuery = airflowPage(DAG_FIELDS).extend({
  ...patternFields("dag_id"),
  ...patternFields("dag_display_name"),
  paused: truthSchema.optional(),
  /** Of the newest run by data interval. */
  last_dag_run_state: runStateSchema.optional(),
  /** With a run in one of these. */
  dag_run_state: listField(runStateSchema),
  ...timeRange("dag_run_start_date"),
  ...timeRange("dag_run_end_date"),
  /** None is stale, has import errors, is scheduled by assets or is a favorite. */
  exclude_stale: truthSchema.optional(),
  has_import_errors: truthSchema.optional(),
  has_asset_schedule: truthSchema.optional(),
  is_favorite: truthSchema.optional(),
  tags_match_mode: z.enum(["any", "all"]).optional(),
  ...absentFields("tags", "owners", "bundle_name", "bundle_version", "asset_dependency", "timetable_type"),
});
export type DagsAsked = z.output<typeof dagsQuery>;

export const listDags = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/dags",
  summary: "the pipelines, their schedules, and which are paused",
  query: dagsQuery,
  answers: { 200: dagCollectionSchema },
});

export const readDag = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}",
  summary: "one of them",
  answers: { 200: dagSchema },
  errors: [404],
});

export const readDagDetails = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/details",
  summary: "one of them, with how many of its runs are active",
  answers: { 200: dagSchema.extend(detailsFields) },
  errors: [404],
});

const taskSchema = z.object(definedTaskFields);
export type DefinedTask = z.output<typeof taskSchema>;

export const listTasks = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/tasks",
  summary: "its tasks, as they are defined",
  query: z.object({
    order_by: z.enum(["task_id", "-task_id"]).optional().describe("absent: each after those that it waits for"),
  }),
  answers: { 200: z.object({ tasks: z.array(taskSchema), total_entries: z.int() }) },
  errors: [404],
});

export const readTask = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/tasks/{task_id}",
  summary: "one of them",
  answers: { 200: taskSchema },
  errors: [404],
});
