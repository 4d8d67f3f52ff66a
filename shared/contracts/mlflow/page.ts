import { z } from "zod";
import { MLFLOW_ERRORS } from "../../mlflow/mlflowErrors.ts";
import { defineRoute, fileAnswer } from "../route/defineRoute.ts";
import { defineFamily } from "../route/routeFamily.ts";
import { runSchema } from "./runs.ts";
import { messageBody, pairSchema } from "./wire.ts";

/** What MLflow's own web page asks beside the REST API: two questions in GraphQL, and files as a browser shows them. */

function pageFamily(base: `/${string}`, summary: string) {
  return defineFamily({
    name: "mlflow page",
    about: "What MLflow's own web page asks beside its REST API",
    summary,
    base,
    auth: "admin_token",
    takes_password: true,
    error: MLFLOW_ERRORS,
  });
}
const GRAPHQL = pageFamily("/mlflow/graphql", "the two questions that MLflow's page asks in GraphQL");
const RUN_FILES = pageFamily("/mlflow/get-artifact", "a file of a run, for MLflow's page");
const VERSION_FILES = pageFamily("/mlflow/model-versions", "a file of a registered model's version, for MLflow's page");

/** A 64-bit number, which GraphQL's own integer is too small for. */
const longSchema = z.string();
const tagsSchema = z.array(pairSchema);

const experimentSchema = z.object({
  experimentId: z.string(),
  name: z.string(),
  artifactLocation: z.string(),
  lifecycleStage: z.string(),
  creationTime: longSchema,
  lastUpdateTime: longSchema,
  effectiveTraceArchivalRetention: z.literal(""),
  tags: tagsSchema,
});

const runAnswerSchema = z.object({
  info: z.object({
    runName: z.string(),
    status: runSchema.shape.info.shape.status,
    runUuid: z.string(),
    experimentId: z.string(),
    artifactUri: z.string(),
    startTime: longSchema,
    endTime: longSchema.nullable(),
    lifecycleStage: z.string(),
    userId: z.string(),
  }),
  experiment: experimentSchema,
  modelVersions: z.array(
    z.object({ name: z.string(), version: z.string(), status: z.literal("READY"), source: z.string(), creationTimestamp: longSchema }),
  ),
  data: z.object({
    /** Null: not a number. */
    metrics: z.array(z.object({ key: z.string(), value: z.number().nullable(), step: longSchema, timestamp: longSchema })),
    params: tagsSchema,
    tags: tagsSchema,
  }),
  inputs: z.object({
    datasetInputs: z.array(
      z.object({
        dataset: z.object({
          name: z.string(),
          digest: z.string(),
          sourceType: z.string(),
          source: z.string(),
          schema: z.string().nullable(),
          profile: z.string().nullable(),
        }),
        tags: tagsSchema,
      }),
    ),
    modelInputs: z.array(z.object({ modelId: z.string() })),
  }),
  outputs: z.object({ modelOutputs: z.array(z.object({ modelId: z.string(), step: longSchema })) }),
});

const answerSchema = z.object({
  data: z
    .object({
      mlflowGetExperiment: z.object({ apiError: z.null(), experiment: experimentSchema }).nullable().optional(),
      mlflowGetRun: z.object({ apiError: z.null(), run: runAnswerSchema }).nullable().optional(),
    })
    .nullable(),
  /** The page takes any entry for a failure of the whole. */
  errors: z.array(z.string()).nullable(),
});

export type ExperimentAnswer = z.infer<typeof experimentSchema>;
export type RunAnswer = z.infer<typeof runAnswerSchema>;
export type GraphqlAnswer = z.infer<typeof answerSchema>;

/** The page's texts of queries are kilobytes long, and are not read. */
const MAX_QUERY_BYTES = 256 * 1024;

export const askGraphql = defineRoute({
  family: GRAPHQL,
  method: "POST",
  path: "/mlflow/graphql",
  summary: "an experiment or a run, by the operation's name: MlflowGetExperimentQuery, GetRun",
  body: messageBody(
    {
      operationName: z.string().default(""),
      variables: z
        .object({
          input: z.object({ experimentId: z.string() }).optional(),
          data: z.object({ runId: z.string().optional(), runUuid: z.string().optional() }).optional(),
        })
        .default({}),
    },
    MAX_QUERY_BYTES,
  ),
  answers: { 200: answerSchema },
});

/** What a browser may show as it is. */
const SHOWN = ["image/png", "image/jpeg", "image/gif", "image/svg+xml", "text/plain", "application/octet-stream"] as const;
const errors = [400, 404];

export const getRunFile = defineRoute({
  family: RUN_FILES,
  method: "GET",
  path: "/mlflow/get-artifact",
  summary: "a file of a run",
  query: z.object({ path: z.string(), run_uuid: z.string().optional(), run_id: z.string().optional() }),
  answers: { 200: fileAnswer(...SHOWN) },
  errors,
});

export const getVersionFile = defineRoute({
  family: VERSION_FILES,
  method: "GET",
  path: "/mlflow/model-versions/get-artifact",
  summary: "a file of a registered model's version",
  query: z.object({ path: z.string(), name: z.string(), version: z.string() }),
  answers: { 200: fileAnswer(...SHOWN) },
  errors,
});
