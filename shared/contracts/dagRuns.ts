import { z } from "zod";
import { confSchema } from "./conf.ts";
import {
  dagCollectionSchema,
  dagRunCollectionSchema,
  dagRunSchema,
  dagSchema,
  missedRunsCollectionSchema,
  runStateSchema,
  runTypeSchema,
  taskAttemptCollectionSchema,
  taskInstanceCollectionSchema,
} from "./dags.ts";
import { API_ROUTES } from "./families.ts";
import { mapKeysField, sourcesField } from "./mapKeys.ts";
import { limitField, pageSchema } from "./page.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";

/** Pipelines, their runs, tasks and tries, in the shapes of Airflow's REST API v2. */

/** A run has a task a step and instrument: all of them at once, unless less is asked for. */
const MAX_TASKS = 10_000;
const MAX_GAPS = 100;

/** Body that triggers a run. */
export const triggerSchema = z.strictObject({
  dag_run_id: z.string().min(1).max(200).optional(),
  run_type: runTypeSchema.default("manual"),
  data_interval_start: z.string().nullish(),
  data_interval_end: z.string().nullish(),
  /** Airflow's: the moment that the run is for. Null or left out, like the interval: the latest one. */
  logical_date: z.string().nullish(),
  conf: confSchema,
  map_keys: mapKeysField,
  sources: sourcesField,
});
export type TriggerBody = z.output<typeof triggerSchema>;

/** Fields of a run that a list is sorted by. */
const RUN_FIELDS = [
  "dag_id",
  "dag_run_id",
  "run_type",
  "state",
  "data_interval_start",
  "data_interval_end",
  "queued_at",
  "start_date",
  "end_date",
] as const;
export type RunField = (typeof RUN_FIELDS)[number];

export const listDags = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/v2/dags",
  summary: "the pipelines, their schedules, and which are paused",
  query: pageSchema(["dag_id", "is_paused"]),
  answers: { 200: dagCollectionSchema },
});

export const readDag = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}",
  summary: "one of them",
  answers: { 200: dagSchema },
  errors: [404],
});

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
  family: API_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/dagRuns",
  summary: "their runs (~ for those of all), the newest interval first",
  query: pageSchema(RUN_FIELDS).extend({ state: runStateSchema.optional() }),
  answers: { 200: dagRunCollectionSchema },
  errors: [404],
});

export const triggerDagRun = defineRoute({
  family: API_ROUTES,
  method: "POST",
  path: "/api/v2/dags/{dag_id}/dagRuns",
  summary: "triggers a run over a data interval, or the latest one ({}); 200 when the same call had made it before",
  body: jsonBody(triggerSchema),
  answers: { 201: dagRunSchema, 200: dagRunSchema },
  errors: [404, 409],
});

export const readDagRun = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}",
  summary: "one run",
  answers: { 200: dagRunSchema },
  errors: [404],
});

export const listTaskInstances = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances",
  summary: "what each task of a run does and reported",
  query: pageSchema(["task_id", "map_key", "state", "try_number", "start_date", "end_date", "duration"]).extend({
    limit: limitField(MAX_TASKS),
  }),
  answers: { 200: taskInstanceCollectionSchema },
  errors: [404],
});

/** Query of what is about one instance of a task. */
export const mapKeyQuery = z.object({
  map_key: z.string().default("").describe("the instrument, or the news source, of a mapped task"),
});

export const listTries = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries",
  summary: "every try with its log and error",
  query: mapKeyQuery.extend(pageSchema(["try_number", "start_date", "end_date", "duration"]).shape),
  answers: { 200: taskAttemptCollectionSchema },
  errors: [404],
});
