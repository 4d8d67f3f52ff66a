import { z } from "zod";
import { importedCandlesSchema } from "../../shared/contracts/candleImport.ts";
import { type ClearBody, clearedSchema, dependencyCollectionSchema } from "../../shared/contracts/control.ts";
import {
  dagCollectionSchema,
  dagRunCollectionSchema,
  dagRunSchema,
  dagSchema,
  missedRunsCollectionSchema,
  taskAttemptCollectionSchema,
  taskInstanceCollectionSchema,
} from "../../shared/contracts/dags.ts";
import { importNewsResponseSchema } from "../../shared/contracts/importNews.ts";
import { modelCollectionSchema, modelHistorySchema } from "../../shared/contracts/models.ts";
import { alertCollectionSchema } from "../../shared/contracts/monitoring.ts";
import { newsArticleCollectionSchema } from "../../shared/contracts/news.ts";
import { errorBodySchema, predictResponseSchema } from "../../shared/contracts/predict.ts";
import { rejectCollectionSchema } from "../../shared/contracts/rejects.ts";
import { type Instant, SECOND, toIso } from "../../shared/domain/instant.ts";
import { AppError, type ErrorCode } from "../../shared/errors.ts";

const TIMEOUT_MS = 60 * SECOND;

const coverageSchema = z.object({
  instrument: z.string(),
  granularity: z.string(),
  first_start: z.string(),
  last_start: z.string(),
  bars: z.number(),
});
const storeSchema = z.object({
  market: z.string().nullable(),
  origin: z.string(),
  clock: z.iso.datetime(),
  instruments: z.array(z.string()),
  coverage: z.array(coverageSchema),
});
export type StoreFacts = z.infer<typeof storeSchema>;

const healthSchema = z.object({
  status: z.string(),
  components: z.record(z.string(), z.object({ status: z.string(), detail: z.string() })),
});

/** One call of an import of candles. */
export interface CandleImport {
  readonly instrument: string;
  readonly granularity: string;
  readonly ndjson: string;
  readonly import_id: string;
  readonly replace: boolean;
  readonly accept_spikes: boolean;
}

export interface RunRequest {
  readonly dag_id: string;
  readonly run_id: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly conf: Readonly<Record<string, unknown>>;
  readonly run_type: "manual" | "backfill" | "scheduled";
  /** Instruments of mapped tasks; absent: all. */
  readonly map_keys?: readonly string[];
}

export interface WorkerAddress {
  readonly base_url: string;
  readonly admin_token: string | null;
}

export type WorkerClient = ReturnType<typeof createWorkerClient>;

/** The Worker's HTTP API, as the fx command uses it. Answers are parsed; an error body becomes an AppError of its code. */
export function createWorkerClient(address: WorkerAddress, cancelled: AbortSignal) {
  const call = <Output>(schema: z.ZodType<Output>, path: string, init: RequestInit = {}) => ask(address, cancelled, schema, path, init);
  const dagPath = (dag: string) => `/api/v2/dags/${encodeURIComponent(dag)}`;
  const runPath = (dag: string, run: string) => `${dagPath(dag)}/dagRuns/${encodeURIComponent(run)}`;
  const taskPath = (dag: string, run: string, task: string) => `${runPath(dag, run)}/taskInstances/${encodeURIComponent(task)}`;
  return {
    base_url: address.base_url,
    health: () => call(healthSchema, "/health"),
    alerts: (query = "") => call(alertCollectionSchema, `/api/alerts${query}`),
    news: (query = "") => call(newsArticleCollectionSchema, `/api/news/articles${query}`),
    store: () => call(storeSchema, "/api/store"),
    models: async () => (await call(modelCollectionSchema, "/api/models")).models,
    model: (name: string) => call(modelHistorySchema, `/api/models/${encodeURIComponent(name)}`),
    predict: (instrument: string, timestamp: string | null, recorded_until: string | null = null) =>
      call(
        predictResponseSchema,
        "/predict",
        json({ instrument, ...(timestamp === null ? {} : { timestamp }), ...(recorded_until === null ? {} : { recorded_until }) }),
      ),
    dags: async () => (await call(dagCollectionSchema, "/api/v2/dags?limit=100")).dags,
    dag: (dag: string) => call(dagSchema, dagPath(dag)),
    setPaused: (dag: string, is_paused: boolean) => call(dagSchema, dagPath(dag), json({ is_paused }, "PATCH")),
    clear: (dag: string, body: ClearBody) => call(clearedSchema, `${dagPath(dag)}/clearTaskInstances`, json(body)),
    /** Why a task does not run. */
    dependencies: async (dag: string, run: string, task: string, map_key: string) =>
      (await call(dependencyCollectionSchema, `${taskPath(dag, run, task)}/dependencies?map_key=${encodeURIComponent(map_key)}`))
        .dependencies,
    /** Idempotent: the same run may be asked for again. */
    triggerRun: (run: RunRequest) => call(dagRunSchema, `${dagPath(run.dag_id)}/dagRuns`, json(runBody(run))),
    run: (dag: string, run: string) => call(dagRunSchema, runPath(dag, run)),
    runs: (dag: string, query = "") => call(dagRunCollectionSchema, `${dagPath(dag)}/dagRuns${query}`),
    missedRuns: async (dag: string) =>
      (await call(missedRunsCollectionSchema, `/api/missed-runs?limit=20&dag_id=${encodeURIComponent(dag)}`)).missed_runs,
    tasks: async (dag: string, run: string) =>
      (await call(taskInstanceCollectionSchema, `${runPath(dag, run)}/taskInstances`)).task_instances,
    attempts: async (dag: string, run: string, task: string, map_key: string) =>
      (await call(taskAttemptCollectionSchema, `${taskPath(dag, run, task)}/tries?map_key=${encodeURIComponent(map_key)}&limit=100`))
        .task_instances,
    rejects: (query = "") => call(rejectCollectionSchema, `/api/rejects${query}`),
    importCandles: ({ ndjson, instrument, granularity, import_id, replace, accept_spikes }: CandleImport) => {
      const flags = { replace: String(replace), accept_spikes: String(accept_spikes) };
      return call(importedCandlesSchema, `/api/import/candles?${new URLSearchParams({ instrument, granularity, import_id, ...flags })}`, {
        method: "POST",
        headers: { "content-type": "application/x-ndjson" },
        body: ndjson,
      });
    },
    importNews: (ndjson: string, trust_published: boolean) =>
      call(importNewsResponseSchema, `/api/import/news?trust_published=${trust_published}`, {
        method: "POST",
        headers: { "content-type": "application/x-ndjson" },
        body: ndjson,
      }),
  };
}

function runBody(run: RunRequest): Record<string, unknown> {
  return {
    dag_run_id: run.run_id,
    data_interval_start: toIso(run.start),
    data_interval_end: toIso(run.end),
    conf: run.conf,
    run_type: run.run_type,
    ...(run.map_keys ? { map_keys: run.map_keys } : {}),
  };
}

function json(body: unknown, method = "POST"): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function ask<Output>(
  address: WorkerAddress,
  cancelled: AbortSignal,
  schema: z.ZodType<Output>,
  path: string,
  init: RequestInit,
): Promise<Output> {
  const headers = new Headers(init.headers);
  if (address.admin_token !== null) headers.set("authorization", `Bearer ${address.admin_token}`);
  const { status, text } = await send(address.base_url + path, cancelled, { ...init, headers });
  const body = parseJson(text);
  const parsed = schema.safeParse(body);
  // /health answers 503 with its usual body when a component is down.
  if (parsed.success) return parsed.data;
  const refused = errorBodySchema.safeParse(body);
  if (refused.success) {
    const { code, message, details } = refused.data.error;
    throw new AppError(code as ErrorCode, message, { status, details });
  }
  const problem = parsed.error.issues[0];
  const what = status >= 400 ? `status ${status}` : `${problem?.path.join(".") || "the body"}: ${problem?.message}`;
  throw new AppError("internal", `The Worker's answer to ${path} cannot be understood (${what}): ${text.slice(0, 200)}`, { status });
}

async function send(url: string, cancelled: AbortSignal, init: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.any([cancelled, AbortSignal.timeout(TIMEOUT_MS)]) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    if (cancelled.aborted) throw new AppError("cancelled", "Cancelled.", { cause: error });
    const cause = (error as { cause?: NodeJS.ErrnoException }).cause;
    const reason = (error as Error).name === "TimeoutError" ? `no answer in ${TIMEOUT_MS / SECOND} s` : (cause?.code ?? String(error));
    throw new AppError("source_unavailable", `The Worker at ${new URL(url).origin} does not answer (${reason}).`, {
      retryable: true,
      cause: error,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
