import type { z } from "zod";
import { importCandlesRoute } from "../../../shared/contracts/candleImport.ts";
import { clearTaskInstances, listDependencies, patchDag } from "../../../shared/contracts/control.ts";
import { listDags, readDag } from "../../../shared/contracts/dagList.ts";
import { listDagRuns, listMissedRuns, readDagRun, triggerDagRun } from "../../../shared/contracts/dagRuns.ts";
import { healthRoute } from "../../../shared/contracts/health.ts";
import { importNewsRoute } from "../../../shared/contracts/importNews.ts";
import { listModels, readModel } from "../../../shared/contracts/models.ts";
import { listAlerts, readMonitoringSummary } from "../../../shared/contracts/monitoring.ts";
import { listArticles } from "../../../shared/contracts/news.ts";
import { type PredictRequest, predictRoute } from "../../../shared/contracts/predict.ts";
import { pruneRoute } from "../../../shared/contracts/prune.ts";
import { listRejects } from "../../../shared/contracts/rejects.ts";
import type { Route } from "../../../shared/contracts/route/defineRoute.ts";
import type { AnswerOf, InputOf } from "../../../shared/contracts/route/routeTypes.ts";
import { storeRoute } from "../../../shared/contracts/store.ts";
import { listTaskInstances, listTries } from "../../../shared/contracts/taskInstances.ts";
import { type Instant, toIso } from "../../../shared/domain/instant.ts";
import { SERVED_HORIZON } from "../../../shared/labels/horizon.ts";
import { askWorker, downloadFrom, type WorkerAddress } from "./askWorker.ts";
import { withPatience } from "./withPatience.ts";

type QueryOf<R extends Route> = InputOf<R> extends { readonly query?: infer Query } ? NonNullable<Query> : never;

/** One call of an import of candles. */
export interface CandleImport {
  readonly instrument: string;
  readonly granularity: QueryOf<typeof importCandlesRoute>["granularity"];
  readonly ndjson: string;
  readonly import_id: string;
  readonly replace: boolean;
  readonly accept_spikes: boolean;
  /** See the contract. */
  readonly follows?: string;
}

export interface RunRequest {
  readonly dag_id: string;
  readonly run_id: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly conf: Readonly<Record<string, unknown>>;
  readonly run_type: "manual" | "scheduled";
  /** Instruments of mapped tasks; absent: all. */
  readonly map_keys?: readonly string[];
}

export type WorkerClient = ReturnType<typeof clientOf>;

/** The Worker of a stack that this process started, where a part that dies or falls silent is started again. */
export function createStackClient(address: WorkerAddress, cancelled: AbortSignal): WorkerClient {
  return clientOf(address, cancelled, (route, input) => {
    const ask = () => askWorker(address, cancelled, route, input);
    return route.method === "GET" ? withPatience(ask) : ask();
  });
}

export function createWorkerClient(address: WorkerAddress, cancelled: AbortSignal): WorkerClient {
  return clientOf(address, cancelled, (route, input) => askWorker(address, cancelled, route, input));
}

type Call = <R extends Route>(route: R, input: InputOf<R>) => Promise<AnswerOf<R>>;

/** The Worker's HTTP API in the words of the fx command. Requests and answers are the contracts'; `call` takes any of them. */
function clientOf(address: WorkerAddress, cancelled: AbortSignal, call: Call) {
  const runOf = (dag_id: string, dag_run_id: string) => ({ dag_id, dag_run_id });
  return {
    base_url: address.base_url,
    admin_token: address.admin_token,
    call,
    download: <R extends Route>(route: R, input: InputOf<R>) => downloadFrom(address, cancelled, route, input),
    health: () => call(healthRoute, {}),
    monitoring: () => call(readMonitoringSummary, {}),
    alerts: (query: QueryOf<typeof listAlerts> = {}) => call(listAlerts, { query }),
    news: (query: QueryOf<typeof listArticles> = {}) => call(listArticles, { query }),
    store: () => call(storeRoute, {}),
    /** Those that /predict is served by, one an instrument. */
    models: async () => (await call(listModels, { query: { horizon_bars: SERVED_HORIZON } })).models,
    modelsOf: async (query: QueryOf<typeof listModels>) => (await call(listModels, { query })).models,
    model: (name: string) => call(readModel, { params: { name } }),
    predict: (
      instrument: string,
      timestamp: string | null,
      recorded_until: string | null = null,
      horizon_bars: PredictRequest["horizon_bars"] | null = null,
    ) =>
      call(predictRoute, {
        body: {
          instrument,
          ...(timestamp === null ? {} : { timestamp }),
          ...(recorded_until === null ? {} : { recorded_until }),
          ...(horizon_bars === null ? {} : { horizon_bars }),
        },
      }),
    dags: async () => (await call(listDags, { query: { limit: 100 } })).dags,
    dag: (dag_id: string) => call(readDag, { params: { dag_id } }),
    setPaused: (dag_id: string, is_paused: boolean) => call(patchDag, { params: { dag_id }, body: { is_paused } }),
    clear: (dag_id: string, body: z.input<typeof clearTaskInstances.body.schema>) => call(clearTaskInstances, { params: { dag_id }, body }),
    /** Why a task does not run. */
    dependencies: async (dag: string, run: string, task_id: string, map_key: string) =>
      (await call(listDependencies, { params: { ...runOf(dag, run), task_id }, query: { map_key } })).dependencies,
    /** Idempotent: the same run may be asked for again. */
    triggerRun: (run: RunRequest) => call(triggerDagRun, { params: { dag_id: run.dag_id }, body: runBody(run) }),
    run: (dag: string, run: string) => call(readDagRun, { params: runOf(dag, run) }),
    runs: (dag_id: string, query: QueryOf<typeof listDagRuns> = {}) => call(listDagRuns, { params: { dag_id }, query }),
    missedRuns: async (dag_id: string) => (await call(listMissedRuns, { query: { dag_id, limit: 20 } })).missed_runs,
    tasks: async (dag: string, run: string) => (await call(listTaskInstances, { params: runOf(dag, run) })).task_instances,
    attempts: async (dag: string, run: string, task_id: string, map_key: string) =>
      (await call(listTries, { params: { ...runOf(dag, run), task_id }, query: { map_key, limit: 100 } })).task_instances,
    /** Some at a time, with `apply`, until the answer says that there is no more. */
    prune: (apply: boolean) => call(pruneRoute, { body: { apply } }),
    rejects: (query: QueryOf<typeof listRejects> = {}) => call(listRejects, { query }),
    // By name: what is passed on may be more than the Worker is asked.
    importCandles: ({ ndjson, instrument, granularity, import_id, follows, replace, accept_spikes }: CandleImport) => {
      const query = { instrument, granularity, import_id, follows, replace: yesNo(replace), accept_spikes: yesNo(accept_spikes) };
      return call(importCandlesRoute, { query, body: ndjson });
    },
    importNews: (ndjson: string, trust_published: boolean) =>
      call(importNewsRoute, { query: { trust_published: yesNo(trust_published) }, body: ndjson }),
  };
}

function runBody({ run_id, start, end, conf, run_type, map_keys }: RunRequest): z.input<typeof triggerDagRun.body.schema> {
  const interval = { data_interval_start: toIso(start), data_interval_end: toIso(end) };
  return { dag_run_id: run_id, ...interval, conf, run_type, ...(map_keys ? { map_keys: [...map_keys] } : {}) };
}

function yesNo(is_wanted: boolean): "true" | "false" {
  return is_wanted ? "true" : "false";
}
