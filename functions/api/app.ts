import { Hono } from "hono";
import type { AllowedHosts } from "../../shared/contracts/allowedHosts.ts";
import { guardRequests } from "../../shared/contracts/guardRequests.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import type { ReprocessQueue } from "../../shared/ports/reprocessQueue.ts";
import type { Backfills } from "../engine/backfills.ts";
import type { Control } from "../engine/control.ts";
import type { Reprocess } from "../engine/reprocess.ts";
import { goldViewOf, retiredGoldViewsOf } from "../pipelines/common/goldViewOf.ts";
import type { Ports } from "../pipelines/ports.ts";
import { bootstrapProgress } from "../serving/bootstrapProgress.ts";
import { createPredictor } from "../serving/predictor.ts";
import { backfillRoutes } from "./backfills.ts";
import { controlRoutes } from "./control.ts";
import { type DagRunRouteOptions, dagRunRoutes } from "./dagRuns.ts";
import { dagRoutes } from "./dags.ts";
import { type DrainRouteOptions, drainRoutes } from "./drain.ts";
import { healthRoutes } from "./health.ts";
import { importCandlesRoutes } from "./importCandles.ts";
import { importNewsRoutes } from "./importNews.ts";
import { indexRoutes } from "./index.ts";
import { createKnownInstruments } from "./instruments.ts";
import { missedRunsRoutes } from "./missedRuns.ts";
import { modelRoutes } from "./models.ts";
import { monitoringRoutes } from "./monitoring.ts";
import { newsRoutes } from "./news.ts";
import { objectRoutes } from "./objects.ts";
import { openapiRoutes } from "./openapi.ts";
import { predictRoutes } from "./predict.ts";
import { rejectRoutes } from "./rejects.ts";
import { reprocessRoutes } from "./reprocess.ts";
import { requireToken } from "./requireToken.ts";
import { respondError, respondUnknown } from "./respondError.ts";
import { storeRoutes } from "./store.ts";

/** What changes pipelines, runs and tasks, beside the triggering of a run. */
export interface Orchestration {
  readonly control: Control;
  readonly backfills: Backfills;
  readonly reprocess: Reprocess;
  readonly reprocess_queue: ReprocessQueue;
}

export interface AppOptions {
  readonly ports: Ports;
  readonly dags: Omit<DagRunRouteOptions, "clock">;
  /** Absent: an app that serves predictions and reads runs, and has no route that changes them. */
  readonly orchestration?: Orchestration;
  /** Hands a served prediction to the log's queue. */
  record(record: PredictionRecord): Promise<void>;
  /** The answer waits until the record is taken, and is 503 when it is not. Otherwise it leaves at once. */
  readonly answers_when_recorded?: boolean;
  /** How the host of one machine tells the Worker to refuse what comes, before it ends it. */
  readonly drain?: DrainRouteOptions;
  newId(): string;
  /** Bearer token of everything but /predict and /health; null leaves them open, for a machine's own loopback. */
  readonly admin_token: string | null;
  readonly allowed_hosts: AllowedHosts;
}

/** Every HTTP route of the Worker. */
export function createApp({ ports, dags, orchestration, newId, admin_token, allowed_hosts, ...options }: AppOptions): Hono {
  const known = createKnownInstruments(ports.config.instruments, ports.bars, ports.clock);
  const predict = createPredictor({
    ...ports,
    view: goldViewOf(ports.config),
    retired_views: retiredGoldViewsOf(ports.config),
    bootstrap: () => bootstrapProgress(dags.ledger),
    newId,
  });
  const app = new Hono();
  app.onError(respondError);
  app.notFound((context) => respondUnknown(app.routes, context));
  app.use(guardRequests(allowed_hosts));
  app.use("/api/*", requireToken(admin_token));
  app.route("/", predictRoutes({ clock: ports.clock, known, predict, ...options }));
  app.route("/", healthRoutes(ports));
  app.route("/", indexRoutes());
  app.route("/", openapiRoutes());
  app.route("/", storeRoutes(ports, known));
  app.route("/", modelRoutes(ports, known));
  app.route("/", objectRoutes(ports));
  app.route("/", newsRoutes(ports));
  app.route("/", monitoringRoutes(ports.monitor));
  app.route("/", importCandlesRoutes(ports, newId));
  app.route("/", rejectRoutes(ports.bars));
  app.route("/", importNewsRoutes(ports));
  app.route("/", dagRoutes(dags));
  app.route("/", missedRunsRoutes(dags));
  app.route("/", dagRunRoutes({ ...dags, clock: ports.clock }));
  if (options.drain) app.route("/", drainRoutes(options.drain));
  if (orchestration) app.route("/", orchestrationRoutes(dags.dags, orchestration));
  return app;
}

function orchestrationRoutes(dags: DagRunRouteOptions["dags"], { control, backfills, reprocess, reprocess_queue }: Orchestration): Hono {
  return new Hono()
    .route("/", controlRoutes(dags, control))
    .route("/", backfillRoutes(dags, backfills))
    .route("/", reprocessRoutes(reprocess, reprocess_queue));
}
