import { z } from "zod";
import { MLFLOW_ROUTES } from "../families.ts";
import { defineRoute, fileAnswer } from "../route/defineRoute.ts";
import { filesSchema } from "./artifacts.ts";
import { metricAnswerSchema } from "./runs.ts";
import { emptySchema, int64Schema, keyValueSchema, messageBody, pairSchema } from "./wire.ts";

/** How a model's state travels; of one that is deleted there is nothing to read. */
const statusSchema = z.enum(["LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED"]);

const loggedModelSchema = z.object({
  info: z.object({
    model_id: z.string(),
    experiment_id: z.string(),
    name: z.string(),
    creation_timestamp_ms: z.int(),
    last_updated_timestamp_ms: z.int(),
    artifact_uri: z.string(),
    status: statusSchema,
    model_type: z.string(),
    source_run_id: z.string(),
    tags: z.array(pairSchema),
  }),
  data: z.object({
    params: z.array(pairSchema),
    metrics: z.array(
      z.object({
        ...metricAnswerSchema.shape,
        model_id: z.string(),
        run_id: z.string(),
        dataset_name: z.string().optional(),
        dataset_digest: z.string().optional(),
      }),
    ),
  }),
});
export type LoggedModelView = z.infer<typeof loggedModelSchema>;

const modelAnswer = { 200: z.object({ model: loggedModelSchema }) };
const errors = [404];

export const createLoggedModel = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/logged-models",
  summary: "begins a model of a run",
  body: messageBody({
    experiment_id: z.string(),
    name: z.string().default(""),
    model_type: z.string().default(""),
    source_run_id: z.string().default(""),
    params: z.array(keyValueSchema).default([]),
    tags: z.array(keyValueSchema).default([]),
  }),
  answers: modelAnswer,
  errors,
});

export const searchLoggedModels = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/logged-models/search",
  summary: "finds models of runs by MLflow's filter",
  body: messageBody({
    experiment_ids: z.array(z.string()).default([]),
    filter: z.string().default(""),
    datasets: z.array(z.object({ dataset_name: z.string(), dataset_digest: z.string().optional() })).default([]),
    max_results: int64Schema.default(50),
    order_by: z.array(z.object({ field_name: z.string(), ascending: z.boolean().default(true) })).default([]),
    page_token: z.string().optional(),
  }),
  answers: { 200: z.object({ models: z.array(loggedModelSchema), next_page_token: z.string().optional() }) },
});

export const getLoggedModel = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/logged-models/{model_id}",
  summary: "a model of a run",
  answers: modelAnswer,
  errors,
});

export const finalizeLoggedModel = defineRoute({
  family: MLFLOW_ROUTES,
  method: "PATCH",
  path: "/api/2.0/mlflow/logged-models/{model_id}",
  summary: "says that a model's files are there, or that they could not be written",
  body: messageBody({ status: statusSchema }),
  answers: modelAnswer,
  errors,
});

export const deleteLoggedModel = defineRoute({
  family: MLFLOW_ROUTES,
  method: "DELETE",
  path: "/api/2.0/mlflow/logged-models/{model_id}",
  summary: "deletes a model of a run",
  answers: { 200: emptySchema },
  errors,
});

export const setLoggedModelTags = defineRoute({
  family: MLFLOW_ROUTES,
  method: "PATCH",
  path: "/api/2.0/mlflow/logged-models/{model_id}/tags",
  summary: "sets tags of a model of a run",
  body: messageBody({ tags: z.array(keyValueSchema).default([]) }),
  answers: modelAnswer,
  errors,
});

export const deleteLoggedModelTag = defineRoute({
  family: MLFLOW_ROUTES,
  method: "DELETE",
  path: "/api/2.0/mlflow/logged-models/{model_id}/tags/{key}",
  summary: "takes a tag of a model of a run away",
  answers: { 200: emptySchema },
  errors,
});

export const logLoggedModelParams = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/logged-models/{model_id}/params",
  summary: "adds parameters of a model of a run",
  body: messageBody({ params: z.array(keyValueSchema).default([]) }),
  answers: { 200: emptySchema },
  errors,
});

export const listLoggedModelArtifacts = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/logged-models/{model_id}/artifacts/directories",
  summary: "the files of a model of a run, in a folder of it",
  query: z.object({ artifact_directory_path: z.string().default(""), page_token: z.string().optional() }),
  answers: { 200: z.object({ root_uri: z.string(), files: filesSchema }) },
  errors: [400, 404],
});

export const getLoggedModelFile = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/logged-models/{model_id}/artifacts/files",
  summary: "a file of a model of a run, as MLflow's page shows it",
  query: z.object({ artifact_file_path: z.string() }),
  answers: { 200: fileAnswer("text/plain", "application/octet-stream") },
  errors: [400, 404],
});
