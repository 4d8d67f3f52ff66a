import type { MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { knownViews, type ViewConfig } from "../../shared/features/views.ts";
import type { LedgerQueries } from "../../shared/ports/ledgerQueries.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import { bootstrapProgress } from "../serving/bootstrapProgress.ts";
import type { KeptOnlineRows } from "../serving/keptOnlineRows.ts";
import { createPredictor, type PredictorPorts } from "../serving/predictor.ts";
import { type DrainRouteOptions, drainRoutes } from "./drain.ts";
import type { KnownInstruments } from "./instruments.ts";
import { type OnlineFeatureOptions, onlineFeatureRoutes } from "./onlineFeatures.ts";
import { predictRoutes } from "./predict.ts";
import { predictBatchRoutes } from "./predictBatch.ts";
import { streamRoutes } from "./stream.ts";

/** What predictions and online features read. */
export type ServingPorts = Omit<PredictorPorts, "views" | "bootstrap" | "newId" | "config"> & {
  readonly config: PredictorPorts["config"] & ViewConfig & OnlineFeatureOptions["ports"]["config"];
};

export interface ServingRouteOptions {
  readonly ports: ServingPorts;
  readonly known: KnownInstruments;
  /** The online store as online features are read of it. */
  readonly kept: KeptOnlineRows;
  /** Asked how far the bootstrap is, while there is no model. */
  readonly ledger: Pick<LedgerQueries, "runs" | "run" | "taskInstances">;
  /** Hands a served prediction to the log's queue. */
  record(record: PredictionRecord): Promise<void>;
  /** The answer waits until the record is taken, and is 503 when it is not. Otherwise it leaves at once. */
  readonly answers_when_recorded?: boolean;
  /** A clock that never goes back, for how long an answer takes. */
  elapsed_ms?(): number;
  /** How the host of one machine tells the Worker to refuse what comes, before it ends it. */
  readonly drain?: DrainRouteOptions;
  newId(): string;
  /** Of streams, which look again and again until this isolate is to end. */
  sleep(ms: number): Promise<void>;
  is_leaving?(): boolean;
}

/**
 * The routes that a Worker for serving alone answers (functions/servingWorker.ts): the one list of them. The whole Worker has them beside
 * all others.
 */
export function servingRoutes({ ports, kept, ledger, newId, ...options }: ServingRouteOptions): readonly MountedRoute[] {
  const predict = createPredictor({ ...ports, views: knownViews(ports.config), bootstrap: () => bootstrapProgress(ledger), newId });
  const features = onlineFeatureRoutes({ ports, kept });
  const answering = { clock: ports.clock, predict, kept, ...options };
  return [
    predictRoutes(answering),
    predictBatchRoutes(answering),
    streamRoutes(answering),
    features,
    ...(options.drain ? [drainRoutes(options.drain)] : []),
  ];
}
