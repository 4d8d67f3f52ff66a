import { z } from "zod";
import { MLFLOW_ROUTES } from "../families.ts";
import { defineRoute } from "../route/defineRoute.ts";
import { viewTypeSchema } from "./experiments.ts";
import { doubleAnswerSchema, doubleSchema, emptySchema, int64Schema, keyValueSchema, messageBody, pairSchema } from "./wire.ts";

export const RUN_STATUSES = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"] as const;
const statusSchema = z.enum(RUN_STATUSES);

export const metricAnswerSchema = z.object({ key: z.string(), value: doubleAnswerSchema, timestamp: z.int(), step: z.int() });

const runInfoSchema = z.object({
  run_id: z.string(),
  run_uuid: z.string(),
  run_name: z.string(),
  experiment_id: z.string(),
  user_id: z.string(),
  status: statusSchema,
  start_time: z.int(),
  end_time: z.int().optional(),
  artifact_uri: z.string(),
  lifecycle_stage: z.enum(["active", "deleted"]),
});

const datasetShape = { name: z.string(), digest: z.string(), source_type: z.string(), source: z.string() };
const datasetAnswerSchema = z.object({ ...datasetShape, schema: z.string().optional(), profile: z.string().optional() });

export const runSchema = z.object({
  info: runInfoSchema,
  data: z.object({ metrics: z.array(metricAnswerSchema), params: z.array(pairSchema), tags: z.array(pairSchema) }),
  inputs: z.object({
    dataset_inputs: z.array(z.object({ tags: z.array(pairSchema), dataset: datasetAnswerSchema })),
    model_inputs: z.array(z.object({ model_id: z.string() })),
  }),
  outputs: z.object({ model_outputs: z.array(z.object({ model_id: z.string(), step: z.int() })) }),
});
export type RunView = z.infer<typeof runSchema>;

/** Older clients say run_uuid. */
const idShape = { run_id: z.string().optional(), run_uuid: z.string().optional() };

const metricShape = {
  key: z.string(),
  value: doubleSchema,
  timestamp: int64Schema,
  step: int64Schema.default(0),
  model_id: z.string().optional(),
  dataset_name: z.string().optional(),
  dataset_digest: z.string().optional(),
};
export type SentMetric = z.output<z.ZodObject<typeof metricShape>>;

const errors = [404];
/** MLflow's limit of a batch. */
const BATCH_BYTES = 1_000_000;

export const createRun = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/create",
  summary: "begins a run",
  body: messageBody({
    experiment_id: z.string().default("0"),
    user_id: z.string().default(""),
    run_name: z.string().default(""),
    start_time: int64Schema.optional(),
    tags: z.array(keyValueSchema).default([]),
  }),
  answers: { 200: z.object({ run: runSchema }) },
  errors,
});

export const getRun = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/runs/get",
  summary: "a run with what it logged",
  query: z.object(idShape),
  answers: { 200: z.object({ run: runSchema }) },
  errors: [400, 404],
});

export const updateRun = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/update",
  summary: "sets a run's status, end and name",
  body: messageBody({ ...idShape, status: statusSchema.optional(), end_time: int64Schema.optional(), run_name: z.string().optional() }),
  answers: { 200: z.object({ run_info: runInfoSchema }) },
  errors,
});

export const deleteRun = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/delete",
  summary: "hides a run",
  body: messageBody(idShape),
  answers: { 200: emptySchema },
  errors,
});

export const restoreRun = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/restore",
  summary: "shows it again",
  body: messageBody(idShape),
  answers: { 200: emptySchema },
  errors,
});

export const logMetric = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/log-metric",
  summary: "adds a point of a metric",
  body: messageBody({ ...idShape, ...metricShape }),
  answers: { 200: emptySchema },
  errors,
});

export const logParam = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/log-parameter",
  summary: "sets a parameter, which then stays as it is",
  body: messageBody({ ...idShape, key: z.string(), value: z.string().default("") }),
  answers: { 200: emptySchema },
  errors,
});

export const setTag = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/set-tag",
  summary: "sets a tag of a run",
  body: messageBody({ ...idShape, key: z.string(), value: z.string().default("") }),
  answers: { 200: emptySchema },
  errors,
});

export const deleteTag = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/delete-tag",
  summary: "takes a tag of a run away",
  body: messageBody({ ...idShape, key: z.string() }),
  answers: { 200: emptySchema },
  errors,
});

export const logBatch = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/log-batch",
  summary: "logs metrics, parameters and tags, all or nothing",
  body: messageBody(
    {
      ...idShape,
      metrics: z.array(z.object(metricShape)).default([]),
      params: z.array(keyValueSchema).default([]),
      tags: z.array(keyValueSchema).default([]),
    },
    BATCH_BYTES,
  ),
  answers: { 200: emptySchema },
  errors,
});

export const logInputs = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/log-inputs",
  summary: "names the data sets and models that a run reads",
  body: messageBody({
    ...idShape,
    datasets: z
      .array(
        z.object({
          tags: z.array(keyValueSchema).default([]),
          dataset: z.object({ ...datasetShape, schema: z.string().optional(), profile: z.string().optional() }),
        }),
      )
      .default([]),
    models: z.array(z.object({ model_id: z.string() })).default([]),
  }),
  answers: { 200: emptySchema },
  errors,
});

export const logOutputs = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/outputs",
  summary: "names the models that a run made",
  body: messageBody({ ...idShape, models: z.array(z.object({ model_id: z.string(), step: int64Schema.default(0) })).default([]) }),
  answers: { 200: emptySchema },
  errors,
});

export const logModel = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/log-model",
  summary: "notes a model of a client of 2.x among a run's tags",
  body: messageBody({ ...idShape, model_json: z.string() }),
  answers: { 200: emptySchema },
  errors,
});

export const searchRuns = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/runs/search",
  summary: "finds runs by MLflow's filter",
  body: messageBody({
    experiment_ids: z.array(z.string()).default([]),
    filter: z.string().default(""),
    run_view_type: viewTypeSchema,
    max_results: int64Schema.default(1_000),
    order_by: z.array(z.string()).default([]),
    page_token: z.string().optional(),
  }),
  answers: { 200: z.object({ runs: z.array(runSchema), next_page_token: z.string().optional() }) },
});

export const getMetricHistory = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/metrics/get-history",
  summary: "every point of a run's metric, the oldest first",
  query: z.object({ ...idShape, metric_key: z.string(), max_results: int64Schema.optional(), page_token: z.string().optional() }),
  answers: { 200: z.object({ metrics: z.array(metricAnswerSchema), next_page_token: z.string().optional() }) },
  errors: [400, 404],
});

export const getMetricHistories = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/metrics/get-history-bulk-interval",
  summary: "points of one metric of several runs, thinned out to max_results a run",
  query: z.object({
    run_ids: z.array(z.string()).min(1),
    metric_key: z.string(),
    start_step: int64Schema.optional(),
    end_step: int64Schema.optional(),
    max_results: int64Schema.default(2_500),
  }),
  answers: { 200: z.object({ metrics: z.array(z.object({ ...metricAnswerSchema.shape, run_id: z.string() })) }) },
  errors: [400],
});
