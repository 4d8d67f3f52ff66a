import type { z } from "zod";
import { backfillBodySchema, backfillCollectionSchema, backfillSchema, plannedBackfillSchema } from "../../shared/contracts/backfills.ts";
import {
  clearedSchema,
  clearSchema,
  dagPatchSchema,
  dependencyCollectionSchema,
  runPatchSchema,
  taskPatchSchema,
} from "../../shared/contracts/control.ts";
import {
  dagCollectionSchema,
  dagRunCollectionSchema,
  dagRunSchema,
  dagSchema,
  missedRunsCollectionSchema,
  taskAttemptCollectionSchema,
  taskInstanceCollectionSchema,
  taskInstanceSchema,
} from "../../shared/contracts/dags.ts";
import { modelCollectionSchema, modelHistorySchema } from "../../shared/contracts/models.ts";
import { datasetCollectionSchema } from "../../shared/contracts/objects.ts";
import { predictRequestSchema, predictResponseSchema } from "../../shared/contracts/predict.ts";
import { rejectCollectionSchema } from "../../shared/contracts/rejects.ts";
import { acceptedSchema, deadLetterCollectionSchema, replaySchema, reprocessMessageSchema } from "../../shared/contracts/reprocess.ts";
import { triggerSchema } from "./dagRuns.ts";
import { MONITORING_OPERATIONS } from "./monitoringOperations.ts";
import { NEWS_OPERATIONS } from "./newsOperations.ts";

export interface Operation {
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  readonly query?: Readonly<Record<string, string>>;
}

const DAG = "/api/v2/dags/{dag_id}";
const RUN = `${DAG}/dagRuns/{dag_run_id}`;
const TASK = `${RUN}/taskInstances/{task_id}`;
const BACKFILL = "/api/v2/backfills/{id}";
const PAGE = { limit: "1 to 100", offset: "from 0", order_by: "a field; with a minus before it the largest first" };
const MAP_KEY = { map_key: "the instrument, or the news source, of a mapped task" };

/** The operations with a typed contract; the rest are listed at GET /. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  "POST /predict": { summary: "Direction of an instrument's next hour", body: predictRequestSchema, answer: predictResponseSchema },
  "GET /api/models": { summary: "The models in Production, and what each may claim", answer: modelCollectionSchema },
  "GET /api/models/{name}": {
    summary: "A model's versions, their checks and metrics, and moves between stages",
    answer: modelHistorySchema,
  },
  "GET /api/v2/dags": { summary: "The pipelines", answer: dagCollectionSchema, query: PAGE },
  [`GET ${DAG}`]: { summary: "One pipeline", answer: dagSchema },
  [`PATCH ${DAG}`]: { summary: "Pause or unpause a pipeline", body: dagPatchSchema, answer: dagSchema },
  [`POST ${DAG}/clearTaskInstances`]: { summary: "Make tasks run again, or say which would", body: clearSchema, answer: clearedSchema },
  [`GET ${DAG}/dagRuns`]: {
    summary: "Runs of a pipeline (~ for all), newest first",
    answer: dagRunCollectionSchema,
    query: { ...PAGE, state: "queued, running, success or failed" },
  },
  "GET /api/datasets": {
    summary: "Training sets, the newest first; each is a Parquet file at its href",
    answer: datasetCollectionSchema,
    query: { limit: PAGE.limit, offset: PAGE.offset, instrument: "only this pair's" },
  },
  "GET /api/missed-runs": {
    summary: "Intervals of the schedules that never got a run, and the command that makes one",
    answer: missedRunsCollectionSchema,
    query: { dag_id: "of one pipeline", limit: "1 to 100" },
  },
  [`POST ${DAG}/dagRuns`]: { summary: "Trigger a run over a data interval, or the latest one", body: triggerSchema, answer: dagRunSchema },
  [`GET ${RUN}`]: { summary: "One run", answer: dagRunSchema },
  [`PATCH ${RUN}`]: { summary: "End a run as success or failed", body: runPatchSchema, answer: dagRunSchema },
  [`GET ${RUN}/taskInstances`]: {
    summary: "The run's tasks",
    answer: taskInstanceCollectionSchema,
    query: { ...PAGE, limit: "1 to 10000, which is all of them" },
  },
  [`PATCH ${TASK}`]: { summary: "Set the state of a task", body: taskPatchSchema, answer: taskInstanceSchema, query: MAP_KEY },
  [`GET ${TASK}/tries`]: {
    summary: "Every try of a task, with its log",
    answer: taskAttemptCollectionSchema,
    query: { ...MAP_KEY, ...PAGE },
  },
  [`GET ${TASK}/dependencies`]: { summary: "Why a task does not run", answer: dependencyCollectionSchema, query: MAP_KEY },
  "GET /api/v2/backfills": {
    summary: "Backfills, newest first",
    answer: backfillCollectionSchema,
    query: { ...PAGE, dag_id: "only of this pipeline" },
  },
  "POST /api/v2/backfills": { summary: "Run a pipeline over a span of the past", body: backfillBodySchema, answer: backfillSchema },
  "POST /api/v2/backfills/dry_run": { summary: "What it would run", body: backfillBodySchema, answer: plannedBackfillSchema },
  [`GET ${BACKFILL}`]: { summary: "How far a backfill is", answer: backfillSchema },
  [`PUT ${BACKFILL}/pause`]: { summary: "Start no further run of it", answer: backfillSchema },
  [`PUT ${BACKFILL}/unpause`]: { summary: "Go on with it", answer: backfillSchema },
  [`PUT ${BACKFILL}/cancel`]: { summary: "End it; runs that run go on to their end", answer: backfillSchema },
  "POST /api/reprocess": { summary: "Ask for a backfill over the reprocess queue", body: reprocessMessageSchema, answer: acceptedSchema },
  "GET /api/dead-letters": {
    summary: "Reprocess messages that could not be obeyed",
    answer: deadLetterCollectionSchema,
    query: { ...PAGE, is_replayed: "true or false" },
  },
  "POST /api/dead-letters/{id}/replay": { summary: "Obey one after all", body: replaySchema, answer: backfillSchema },
  "GET /api/rejects": {
    summary: "Lines of candles that did not become bars, and why, the newest first",
    answer: rejectCollectionSchema,
    query: {
      reason: "only of this reason",
      instrument: "only of this pair",
      object: "only of this bronze object",
      limit: "1 to 1000",
      offset: "from 0",
    },
  },
  ...MONITORING_OPERATIONS,
  ...NEWS_OPERATIONS,
};
