import { z } from "zod";
import { MLFLOW_ROUTES } from "../families.ts";
import { defineRoute } from "../route/defineRoute.ts";
import { emptySchema, int64Schema, keyValueSchema, messageBody, pairSchema, versionTextSchema } from "./wire.ts";

export const modelVersionSchema = z.object({
  name: z.string(),
  version: z.string(),
  creation_timestamp: z.int(),
  last_updated_timestamp: z.int(),
  current_stage: z.enum(["None", "Staging", "Production", "Archived"]),
  description: z.string(),
  source: z.string(),
  run_id: z.string(),
  status: z.literal("READY"),
  run_link: z.string(),
  tags: z.array(pairSchema),
  aliases: z.array(z.string()),
  model_id: z.string().optional(),
});
export type ModelVersionView = z.infer<typeof modelVersionSchema>;

const versionAnswer = { 200: z.object({ model_version: modelVersionSchema }) };
const keyShape = { name: z.string(), version: versionTextSchema };
const errors = [404];
/** Clients ask for 10,000 at once. */
export const MOST_VERSIONS = 200_000;

export const createModelVersion = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/model-versions/create",
  summary: "registers the next version of a model",
  body: messageBody({
    name: z.string(),
    source: z.string(),
    run_id: z.string().default(""),
    run_link: z.string().default(""),
    tags: z.array(keyValueSchema).default([]),
    description: z.string().default(""),
    model_id: z.string().optional(),
  }),
  answers: versionAnswer,
  errors,
});

export const getModelVersion = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/model-versions/get",
  summary: "a version of a model",
  query: z.object(keyShape),
  answers: versionAnswer,
  errors: [400, 404],
});

export const updateModelVersion = defineRoute({
  family: MLFLOW_ROUTES,
  method: "PATCH",
  path: "/api/2.0/mlflow/model-versions/update",
  summary: "describes a version",
  body: messageBody({ ...keyShape, description: z.string().default("") }),
  answers: versionAnswer,
  errors,
});

export const deleteModelVersion = defineRoute({
  family: MLFLOW_ROUTES,
  method: "DELETE",
  path: "/api/2.0/mlflow/model-versions/delete",
  summary: "deletes a version; its number is not given again",
  body: messageBody(keyShape),
  answers: { 200: emptySchema },
  errors,
});

export const searchModelVersions = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/model-versions/search",
  summary: "finds versions by MLflow's filter",
  query: z.object({
    filter: z.string().default(""),
    max_results: int64Schema.default(10_000),
    order_by: z.array(z.string()).default([]),
    page_token: z.string().optional(),
  }),
  answers: { 200: z.object({ model_versions: z.array(modelVersionSchema), next_page_token: z.string().optional() }) },
  errors: [400],
});

export const transitionStage = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/model-versions/transition-stage",
  summary: "moves a version to a stage; a model that serves goes to Production only by what its gate let through",
  body: messageBody({ ...keyShape, stage: z.string(), archive_existing_versions: z.boolean().default(false) }),
  answers: versionAnswer,
  errors,
});

export const getDownloadUri = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/model-versions/get-download-uri",
  summary: "where a version's files lie",
  query: z.object(keyShape),
  answers: { 200: z.object({ artifact_uri: z.string() }) },
  errors: [400, 404],
});

export const setModelVersionTag = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/model-versions/set-tag",
  summary: "sets a tag of a version",
  body: messageBody({ ...keyShape, key: z.string(), value: z.string().default("") }),
  answers: { 200: emptySchema },
  errors,
});

export const deleteModelVersionTag = defineRoute({
  family: MLFLOW_ROUTES,
  method: "DELETE",
  path: "/api/2.0/mlflow/model-versions/delete-tag",
  summary: "takes a tag of a version away",
  body: messageBody({ ...keyShape, key: z.string() }),
  answers: { 200: emptySchema },
  errors,
});
