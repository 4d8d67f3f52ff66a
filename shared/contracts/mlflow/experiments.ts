import { z } from "zod";
import { MLFLOW_ROUTES } from "../families.ts";
import { defineRoute } from "../route/defineRoute.ts";
import { emptySchema, int64Schema, keyValueSchema, messageBody, pairSchema } from "./wire.ts";

const experimentSchema = z.object({
  experiment_id: z.string(),
  name: z.string(),
  artifact_location: z.string(),
  lifecycle_stage: z.enum(["active", "deleted"]),
  creation_time: z.int(),
  last_update_time: z.int(),
  tags: z.array(pairSchema),
});
export type ExperimentView = z.infer<typeof experimentSchema>;

/** Which of the living and the deleted. */
export const viewTypeSchema = z.enum(["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]).default("ACTIVE_ONLY");

const searchShape = {
  max_results: int64Schema.default(1_000),
  page_token: z.string().optional(),
  filter: z.string().default(""),
  order_by: z.array(z.string()).default([]),
  view_type: viewTypeSchema,
};
const foundSchema = z.object({ experiments: z.array(experimentSchema), next_page_token: z.string().optional() });
const errors = [404];

export const createExperiment = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/experiments/create",
  summary: "makes an experiment",
  body: messageBody({ name: z.string(), artifact_location: z.string().optional(), tags: z.array(keyValueSchema).default([]) }),
  answers: { 200: z.object({ experiment_id: z.string() }) },
});

export const getExperiment = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/experiments/get",
  summary: "an experiment",
  query: z.object({ experiment_id: z.string() }),
  answers: { 200: z.object({ experiment: experimentSchema }) },
  errors,
});

export const getExperimentByName = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/experiments/get-by-name",
  summary: "the experiment of a name",
  query: z.object({ experiment_name: z.string() }),
  answers: { 200: z.object({ experiment: experimentSchema }) },
  errors,
});

export const searchExperimentsByPost = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/experiments/search",
  summary: "finds experiments by MLflow's filter",
  body: messageBody(searchShape),
  answers: { 200: foundSchema },
});

export const searchExperimentsByGet = defineRoute({
  family: MLFLOW_ROUTES,
  method: "GET",
  path: "/api/2.0/mlflow/experiments/search",
  summary: "the same, asked by a GET",
  query: z.object(searchShape),
  answers: { 200: foundSchema },
  errors: [400],
});

export const deleteExperiment = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/experiments/delete",
  summary: "hides an experiment and its runs",
  body: messageBody({ experiment_id: z.string() }),
  answers: { 200: emptySchema },
  errors,
});

export const restoreExperiment = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/experiments/restore",
  summary: "shows them again",
  body: messageBody({ experiment_id: z.string() }),
  answers: { 200: emptySchema },
  errors,
});

export const updateExperiment = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/experiments/update",
  summary: "gives an experiment another name",
  body: messageBody({ experiment_id: z.string(), new_name: z.string().optional() }),
  answers: { 200: emptySchema },
  errors,
});

export const setExperimentTag = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/experiments/set-experiment-tag",
  summary: "sets a tag of an experiment",
  body: messageBody({ experiment_id: z.string(), key: z.string(), value: z.string() }),
  answers: { 200: emptySchema },
  errors,
});

export const deleteExperimentTag = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/experiments/delete-experiment-tag",
  summary: "takes a tag of an experiment away",
  body: messageBody({ experiment_id: z.string(), key: z.string() }),
  answers: { 200: emptySchema },
  errors,
});

export const searchDatasets = defineRoute({
  family: MLFLOW_ROUTES,
  method: "POST",
  path: "/api/2.0/mlflow/experiments/search-datasets",
  summary: "the data sets that the runs of experiments read",
  body: messageBody({ experiment_ids: z.array(z.string()).default([]) }),
  answers: {
    200: z.object({
      dataset_summaries: z.array(
        z.object({ experiment_id: z.string(), name: z.string(), digest: z.string(), context: z.string().optional() }),
      ),
    }),
  },
});
