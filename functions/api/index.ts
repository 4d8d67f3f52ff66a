import { Hono } from "hono";

const ROUTES: Readonly<Record<string, string>> = {
  "POST /predict": 'the next hour of an instrument: {"instrument": "USD_SGD", "timestamp"?: RFC 3339}',
  "GET /health": "200 or 503, a line for every component",
  "GET /openapi.json": "the typed routes as OpenAPI 3.1",
  "GET /api/store": "which market is stored, which instruments and spans",
  "GET /api/models": "the model of every instrument and its Production version",
  "GET /api/models/{name}": "a model's versions, checks, metrics and moves between stages",
  "POST /api/import/candles?instrument=&granularity=": "recorded candles as NDJSON, up to 5,000 lines",
  "GET /api/v2/dags": "the pipelines",
  "GET, POST /api/v2/dags/{dag_id}/dagRuns": "their runs; POST triggers one over a data interval",
  "GET /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances": "what each task of a run does and reported",
  "GET /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries?map_key=": "every try with its log and error",
};

/** GET /: what there is. */
export function indexRoutes(): Hono {
  return new Hono().get("/", (context) => context.json({ name: "fx-medallion", routes: ROUTES }));
}
