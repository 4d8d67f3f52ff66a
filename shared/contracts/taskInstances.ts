import { z } from "zod";
import { absentFields, lifetimeFields, listField, ordersField, patternFields, unpagedFields } from "./airflow/filterFields.ts";
import {
  taskAttemptCollectionSchema,
  taskAttemptSchema,
  taskInstanceCollectionSchema,
  taskInstanceSchema,
  taskStateSchema,
} from "./dags.ts";
import { AIRFLOW_ROUTES } from "./families.ts";
import { offsetField, pageSchema } from "./page.ts";
import { defineRoute } from "./route/defineRoute.ts";

/** Tasks of runs, their tries and logs, in the shapes of Airflow's REST API v2. */

/** A run has a task a step and instrument: all of them at once, unless less is asked for. */
const MAX_TASKS = 10_000;

/** Fields of a task that a list is sorted by. */
const TASK_FIELDS = [
  "dag_id",
  "dag_run_id",
  "run_id",
  "task_id",
  "map_key",
  "map_index",
  "state",
  "try_number",
  "start_date",
  "end_date",
  "duration",
  "run_after",
  "logical_date",
  "pool",
] as const;
export type TaskField = (typeof TASK_FIELDS)[number];

/** Airflow's states, of which a task here has most. Two words for none. */
const NO_STATE = ["none", "no_status"] as const;
const anyStateSchema = z
  .enum([...taskStateSchema.options, "scheduled", "restarting", "deferred", "awaiting_input", ...NO_STATE])
  .transform((state) => ((NO_STATE as readonly string[]).includes(state) ? null : state));

const tasksFilter = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_TASKS)
    .optional()
    .describe("absent: all tasks of one run; 50 of those of several, of which 100 may be asked for"),
  offset: offsetField,
  order_by: ordersField(TASK_FIELDS),
  state: listField(anyStateSchema),
  pool: listField(z.string()),
  try_number: listField(z.coerce.number().int()),
  map_index: listField(z.coerce.number().int()),
  ...lifetimeFields,
  ...patternFields("task_display_name"),
  ...patternFields("dag_id"),
  ...patternFields("run_id"),
  ...patternFields("pool_name"),
  ...patternFields("rendered_map_index"),
  ...absentFields("queue", "executor", "operator", "version_number", "task_group_id", "queue_name_pattern", "queue_name_prefix_pattern"),
  ...absentFields("operator_name_pattern", "operator_name_prefix_pattern"),
});
const tasksQuery = tasksFilter.extend({ task_id: z.string().max(200).optional(), ...unpagedFields });
export type TasksAsked = z.output<typeof tasksQuery>;

/** Query of what is about one instance of a task: one of these where it is mapped. */
export const mapKeyQuery = z.object({
  map_key: z.string().default("").describe("the instrument, or the news source, of a mapped task"),
  map_index: z.coerce.number().int().min(-1).optional().describe("its place among the keys of the task, from 0; -1: not mapped"),
});

const RUN = "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances";
const TASK = `${RUN}/{task_id}` as const;
const INSTANCE = `${TASK}/{map_index}` as const;
/** The path of one instance of a mapped task. */
export const instanceParams = z.object({
  ...{ dag_id: z.string(), dag_run_id: z.string(), task_id: z.string() },
  map_index: z.coerce.number().int().min(-1).max(MAX_TASKS),
});
const tryParams = { try_number: z.coerce.number().int().min(0).max(1_000_000) };
const FOUND = { errors: [404] } as const;

export const listTaskInstances = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: RUN,
  summary: "what each task of a run does and reported; with ~ for the run, or for both, those of several",
  query: tasksQuery,
  answers: { 200: taskInstanceCollectionSchema },
  ...FOUND,
});

export const readTaskInstance = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: TASK,
  summary: "one of them",
  query: mapKeyQuery,
  answers: { 200: taskInstanceSchema },
  ...FOUND,
});

export const readMappedInstance = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: INSTANCE,
  summary: "one instance of a mapped task",
  params: instanceParams,
  answers: { 200: taskInstanceSchema },
  ...FOUND,
});

export const listMapped = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: `${TASK}/listMapped`,
  summary: "the instances of a mapped task",
  query: tasksFilter,
  answers: { 200: taskInstanceCollectionSchema },
  ...FOUND,
});

const triesPage = pageSchema(["try_number", "start_date", "end_date", "duration"]);

export const listTries = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: `${TASK}/tries`,
  summary: "every try with its log and error",
  query: mapKeyQuery.extend(triesPage.shape),
  answers: { 200: taskAttemptCollectionSchema },
  ...FOUND,
});

export const listMappedTries = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: `${INSTANCE}/tries`,
  summary: "every try of an instance",
  params: instanceParams,
  query: triesPage,
  answers: { 200: taskAttemptCollectionSchema },
  ...FOUND,
});

export const readTry = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: `${TASK}/tries/{try_number}`,
  summary: "one try",
  params: instanceParams.omit({ map_index: true }).extend(tryParams),
  query: mapKeyQuery,
  answers: { 200: taskAttemptSchema },
  ...FOUND,
});

export const readMappedTry = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: `${INSTANCE}/tries/{try_number}`,
  summary: "one try of an instance",
  params: instanceParams.extend(tryParams),
  answers: { 200: taskAttemptSchema },
  ...FOUND,
});

/** Lines of a log as Airflow has them: structured, of which the clients keep event and timestamp. */
const logLineSchema = z.object({ event: z.string(), timestamp: z.null(), level: z.enum(["info", "error"]) });

export const readLog = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: `${TASK}/logs/{try_number}`,
  summary: "what a try logged, and the error that it ended with",
  params: instanceParams.omit({ map_index: true }).extend(tryParams),
  query: mapKeyQuery.extend({
    full_content: z.string().optional().describe("a log is always whole"),
    token: z.string().optional().describe("a log is always whole"),
  }),
  answers: { 200: z.object({ content: z.array(logLineSchema), continuation_token: z.null() }) },
  ...FOUND,
});
