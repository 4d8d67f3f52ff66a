import { Hono } from "hono";

const ROUTES: Readonly<Record<string, string>> = {
  "POST /predict": 'the next hour of an instrument: {"instrument": "USD_SGD", "timestamp"?: RFC 3339}',
  "GET /health": "200 or 503, a line for every component",
  "GET /openapi.json": "the typed routes as OpenAPI 3.1",
  "GET /api/store": "which market is stored, which instruments and spans",
  "GET /api/models": "the model of every instrument, its Production version, and the skill that it may claim",
  "GET /api/models/{name}": "a model's versions, checks, metrics and moves between stages",
  "GET /api/models/{name}/versions/{version}/{file}":
    "a model's files: model.ubj, model.json, model_card.json, MLmodel, evaluation.json, training_result.json",
  "GET /api/datasets?instrument=&limit=&offset=": "the training sets; /api/datasets/{sha256}.parquet is one of them",
  "GET /api/news/articles?since=&until=&source=&relevant=&limit=": "what was read, the newest first, and how (positive = SGD strengthens)",
  "GET /api/news/sources": "where news is read from, and how each feed answered last",
  "GET /api/monitoring/readings?check=&subject=&metric=&since=&limit=": "what the monitoring measured: the newest, or since a time",
  "GET /api/monitoring/summary": "the worst status of each check, and why",
  "GET /api/alerts?state=": "what fires, and what has ended",
  "POST /api/import/candles?instrument=&granularity=&replace=&accept_spikes=": "recorded candles as NDJSON, up to 5,000 lines",
  "GET /api/rejects?reason=&instrument=&object=&limit=&offset=": "lines of candles that did not become bars, and why, the newest first",
  "POST /api/import/news?trust_published=": "recorded news as NDJSON, up to 5,000 lines",
  "GET /api/v2/dags": "the pipelines, their schedules, and which are paused",
  "GET, PATCH /api/v2/dags/{dag_id}": 'one of them; PATCH {"is_paused": true} stops its runs and tasks from starting',
  "GET /api/missed-runs?dag_id=&limit=": "intervals of the schedules that never got a run, and what makes one",
  "GET, POST /api/v2/dags/{dag_id}/dagRuns": "their runs; POST triggers one over a data interval",
  "GET /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances": "what each task of a run does and reported",
  "GET /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries?map_key=": "every try with its log and error",
  "GET /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/dependencies?map_key=": "why it does not run",
  "PATCH /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}": 'ends a run: {"state": "success" or "failed"}',
  "PATCH /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}?map_key=":
    'sets a task\'s state: {"new_state": "success", "failed" or "skipped"}',
  "POST /api/v2/dags/{dag_id}/clearTaskInstances": "makes tasks run again; a dry run of failed ones unless the body says otherwise",
  "GET, POST /api/v2/backfills": "runs of a pipeline over a span of the past; POST starts one",
  "POST /api/v2/backfills/dry_run": "the intervals that it would run",
  "GET /api/v2/backfills/{id}": "how far it is",
  "PUT /api/v2/backfills/{id}/pause": "or /unpause, or /cancel",
  "POST /api/reprocess": "puts {pipeline, instruments, from, to, reason} on the reprocess queue, from which it becomes a backfill",
  "GET /api/dead-letters": "reprocess messages that could not be obeyed, and why",
  "POST /api/dead-letters/{id}/replay": 'obeys one after all; {"body": ...} corrects it',
};

/** GET /: what there is. */
export function indexRoutes(): Hono {
  return new Hono().get("/", (context) => context.json({ name: "fx-medallion", routes: ROUTES }));
}
