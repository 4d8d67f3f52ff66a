import type { MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { knownViews, type ViewConfig } from "../../shared/features/views.ts";
import type { LedgerQueries } from "../../shared/ports/ledger.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import { bootstrapProgress } from "../serving/bootstrapProgress.ts";
import { createPredictor, type PredictorPorts } from "../serving/predictor.ts";
import { type DrainRouteOptions, drainRoutes } from "./drain.ts";
import type { KnownInstruments } from "./instruments.ts";
import { predictRoutes } from "./predict.ts";

/** What /predict reads. */
export type ServingPorts = Omit<PredictorPorts, "views" | "bootstrap" | "newId" | "config"> & {
  readonly config: PredictorPorts["config"] & ViewConfig;
};

export interface ServingRouteOptions {
  readonly ports: ServingPorts;
  readonly known: KnownInstruments;
  /** Asked how far the bootstrap is, while there is no model. */
  readonly ledger: Pick<LedgerQueries, "runs" | "run" | "taskInstances">;
  /** Hands a served prediction to the log's queue. */
  record(record: PredictionRecord): Promise<void>;
  /** The answer waits until the record is taken, and is 503 when it is not. Otherwise it leaves at once. */
  readonly answers_when_recorded?: boolean;
  /** How the host of one machine tells the Worker to refuse what comes, before it ends it. */
  readonly drain?: DrainRouteOptions;
  newId(): string;
}

/**
 * The routes that a Worker for predictions alone answers (functions/servingWorker.ts): the one list of them. The whole Worker has them beside
 * all others.
 */
export function servingRoutes({ ports, ledger, newId, ...options }: ServingRouteOptions): readonly MountedRoute[] {
  const predict = createPredictor({ ...ports, views: knownViews(ports.config), bootstrap: () => bootstrapProgress(ledger), newId });
  return [predictRoutes({ clock: ports.clock, predict, ...options }), ...(options.drain ? [drainRoutes(options.drain)] : [])];
}
