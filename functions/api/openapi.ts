import { Hono } from "hono";
import { z } from "zod";
import {
  dagRunCollectionSchema,
  dagRunSchema,
  taskAttemptCollectionSchema,
  taskInstanceCollectionSchema,
} from "../../shared/contracts/dags.ts";
import { errorBodySchema, predictRequestSchema, predictResponseSchema } from "../../shared/contracts/predict.ts";
import { triggerSchema } from "./dags.ts";

interface Operation {
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  readonly query?: Readonly<Record<string, string>>;
}

const RUN = "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}";

/** The operations with a typed contract; the rest are listed at GET /. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  "POST /predict": { summary: "Direction of an instrument's next hour", body: predictRequestSchema, answer: predictResponseSchema },
  "GET /api/v2/dags/{dag_id}/dagRuns": {
    summary: "Runs of a pipeline, newest first",
    answer: dagRunCollectionSchema,
    query: { limit: "1 to 100", offset: "from 0", state: "queued, running, success or failed" },
  },
  "POST /api/v2/dags/{dag_id}/dagRuns": { summary: "Trigger a run over a data interval", body: triggerSchema, answer: dagRunSchema },
  [`GET ${RUN}`]: { summary: "One run", answer: dagRunSchema },
  [`GET ${RUN}/taskInstances`]: { summary: "The run's tasks", answer: taskInstanceCollectionSchema },
  [`GET ${RUN}/taskInstances/{task_id}/tries`]: {
    summary: "Every try of a task, with its log",
    answer: taskAttemptCollectionSchema,
    query: { map_key: "the instrument of a mapped task" },
  },
};

/** GET /openapi.json, made from the schemas that the routes themselves parse and answer with. */
export function openapiRoutes(): Hono {
  return new Hono().get("/openapi.json", (context) => context.json(document()));
}

function document() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [key, operation] of Object.entries(OPERATIONS)) {
    const [method, path] = key.split(" ") as [string, string];
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(path, operation) };
  }
  return { openapi: "3.1.0", info: { title: "fx-medallion", version: "0.1.0" }, paths };
}

function describe(path: string, { summary, body, answer, query = {} }: Operation) {
  const json = (schema: z.ZodType, io: "input" | "output") => ({ "application/json": { schema: z.toJSONSchema(schema, { io }) } });
  const parameter = (name: string, where: string, description: string) => ({
    name,
    in: where,
    description,
    required: where === "path",
    schema: { type: "string" },
  });
  return {
    summary,
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name!, "path", "")),
      ...Object.entries(query).map(([name, description]) => parameter(name, "query", description)),
    ],
    ...(body ? { requestBody: { required: true, content: json(body, "input") } } : {}),
    responses: {
      "200": { description: "The answer", content: json(answer, "output") },
      default: { description: "What was wrong", content: json(errorBodySchema, "output") },
    },
  };
}
