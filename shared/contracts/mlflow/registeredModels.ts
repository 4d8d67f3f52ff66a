import { z } from "zod";
import { MLFLOW_ROUTES } from "../families.ts";
import { defineRoute } from "../route/defineRoute.ts";
import { modelVersionSchema } from "./modelVersions.ts";
import { emptySchema, int64Schema, keyValueSchema, messageBody, pairSchema, versionTextSchema } from "./wire.ts";

const registeredModelSchema = z.object({
  name: z.string(),
  creation_timestamp: z.int(),
  last_updated_timestamp: z.int(),
  description: z.string(),
  latest_versions: z.array(modelVersionSchema),
  tags: z.array(pairSchema),
  aliases: z.array(z.object({ alias: z.string(), version: z.string() })),
});
export type RegisteredModelView = z.infer<typeof registeredModelSchema>;

const modelAnswer = { 200: z.object({ registered_model: registeredModelSchema }) };
const name = z.string();
const errors = [404];

export const createRegisteredModel = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/registered-models/create",
  summary: "registers a model's name",
  body: messageBody({ name, tags: z.array(keyValueSchema).default([]), description: z.string().default("") }),
  answers: modelAnswer,
});

export const getRegisteredModel = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/registered-models/get",
  summary: "a model with the latest version of each stage",
  query: z.object({ name }),
  answers: modelAnswer,
  errors: [400, 404],
});

export const updateRegisteredModel = defineRoute({
  family: MLFLOW_ROUTES,
  method: "PATCH",
  path: "/api/2.0/mlflow/registered-models/update",
  summary: "describes a model",
  body: messageBody({ name, description: z.string().default("") }),
  answers: modelAnswer,
  errors,
});

export const renameRegisteredModel = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/registered-models/rename",
  summary: "gives a model another name",
  body: messageBody({ name, new_name: z.string().default("") }),
  answers: modelAnswer,
  errors,
});

export const deleteRegisteredModel = defineRoute({
  family: MLFLOW_ROUTES,
  method: "DELETE",
  path: "/api/2.0/mlflow/registered-models/delete",
  summary: "deletes a model with its versions",
  body: messageBody({ name }),
  answers: { 200: emptySchema },
  errors,
});

export const searchRegisteredModels = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/registered-models/search",
  summary: "finds models by MLflow's filter",
  query: z.object({
    filter: z.string().default(""),
    max_results: int64Schema.default(100),
    order_by: z.array(z.string()).default([]),
    page_token: z.string().optional(),
  }),
  answers: { 200: z.object({ registered_models: z.array(registeredModelSchema), next_page_token: z.string().optional() }) },
  errors: [400],
});

const latestShape = { name, stages: z.array(z.string()).default([]) };
const latestAnswer = { 200: z.object({ model_versions: z.array(modelVersionSchema) }) };

export const getLatestVersions = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/registered-models/get-latest-versions",
  summary: "the latest version of each stage",
  body: messageBody(latestShape),
  answers: latestAnswer,
  errors,
});

export const getLatestVersionsByGet = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/registered-models/get-latest-versions",
  summary: "the same, asked by a GET",
  query: z.object(latestShape),
  answers: latestAnswer,
  errors: [400, 404],
});

export const setRegisteredModelTag = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/registered-models/set-tag",
  summary: "sets a tag of a model",
  body: messageBody({ name, key: z.string(), value: z.string().default("") }),
  answers: { 200: emptySchema },
  errors,
});

export const deleteRegisteredModelTag = defineRoute({
  family: MLFLOW_ROUTES,
  method: "DELETE",
  path: "/api/2.0/mlflow/registered-models/delete-tag",
  summary: "takes a tag of a model away",
  body: messageBody({ name, key: z.string() }),
  answers: { 200: emptySchema },
  errors,
});

export const setAlias = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/registered-models/alias",
  summary: "points an alias at a version",
  body: messageBody({ name, alias: z.string(), version: versionTextSchema }),
  answers: { 200: emptySchema },
  errors,
});

export const deleteAlias = defineRoute({
  family: MLFLOW_ROUTES,
  method: "DELETE",
  path: "/api/2.0/mlflow/registered-models/alias",
  summary: "takes an alias away",
  body: messageBody({ name, alias: z.string() }),
  answers: { 200: emptySchema },
  errors,
});

export const getByAlias = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/registered-models/alias",
  summary: "the version that an alias points at",
  query: z.object({ name, alias: z.string() }),
  answers: { 200: z.object({ model_version: modelVersionSchema }) },
  errors: [400, 404],
});
