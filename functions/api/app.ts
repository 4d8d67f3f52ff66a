import type { Hono } from "hono";
import type { AllowedHosts } from "../../shared/contracts/allowedHosts.ts";
import { createRouteApp } from "../../shared/contracts/route/createRouteApp.ts";
import type { MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { knownViews } from "../../shared/features/views.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import type { ReprocessQueue } from "../../shared/ports/reprocessQueue.ts";
import type { Backfills } from "../engine/backfills.ts";
import type { Control } from "../engine/control.ts";
import type { Reprocess } from "../engine/reprocess.ts";
import type { Ports } from "../pipelines/ports.ts";
import { bootstrapProgress } from "../serving/bootstrapProgress.ts";
import { createPredictor } from "../serving/predictor.ts";
import { backfillRoutes } from "./backfills.ts";
import { controlRoutes } from "./control.ts";
import { type DagRunRouteOptions, dagRunRoutes } from "./dagRuns.ts";
import { dagRoutes } from "./dags.ts";
import { type DrainRouteOptions, drainRoutes } from "./drain.ts";
import { frontDoorRoutes } from "./frontDoor.ts";
import { healthRoutes } from "./health.ts";
import { importCandlesRoutes } from "./importCandles.ts";
import { importNewsRoutes } from "./importNews.ts";
import { createKnownInstruments } from "./instruments.ts";
import { missedRunsRoutes } from "./missedRuns.ts";
import { modelRoutes } from "./models.ts";
import { monitoringRoutes } from "./monitoring.ts";
import { newsRoutes } from "./news.ts";
import { objectRoutes } from "./objects.ts";
import { predictRoutes } from "./predict.ts";
import { rejectRoutes } from "./rejects.ts";
import { reprocessRoutes } from "./reprocess.ts";
import { storeRoutes } from "./store.ts";
import { translateError } from "./translateError.ts";

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

const ADVICE = "Send the ADMIN_TOKEN of this installation as a bearer token in the Authorization header.";

/** The Worker's server. */
export function createApp(options: AppOptions): Hono {
  const { admin_token, allowed_hosts, drain } = options;
  return createRouteApp({
    mounted: routesOf(options),
    allowed_hosts,
    bearers: { admin_token: { token: admin_token, advice: ADVICE }, host_token: { token: drain?.token ?? null, advice: ADVICE } },
    translate: translateError,
  });
}

/** Every route of the Worker with what answers it: a line a resource. */
export function routesOf({ ports, dags, orchestration, newId, ...options }: AppOptions): readonly MountedRoute[] {
  const known = createKnownInstruments(ports.config.instruments, ports.bars, ports.clock);
  const predict = createPredictor({
    ...ports,
    views: knownViews(ports.config),
    bootstrap: () => bootstrapProgress(dags.ledger),
    newId,
  });
  const mounted: readonly MountedRoute[] = [
    predictRoutes({ clock: ports.clock, known, predict, ...options }),
    healthRoutes(ports),
    ...frontDoorRoutes(() => mounted.map(({ route }) => route)),
    storeRoutes(ports, known),
    ...modelRoutes(ports, known),
    ...objectRoutes(ports),
    ...newsRoutes(ports),
    ...monitoringRoutes(ports.monitor),
    importCandlesRoutes(ports, newId),
    rejectRoutes(ports.bars),
    importNewsRoutes(ports),
    ...dagRoutes(dags),
    missedRunsRoutes(dags),
    ...dagRunRoutes({ ...dags, clock: ports.clock }),
    ...(options.drain ? [drainRoutes(options.drain)] : []),
    ...(orchestration ? orchestrationRoutes(dags.dags, orchestration) : []),
  ];
  return mounted;
}

function orchestrationRoutes(dags: DagRunRouteOptions["dags"], { control, backfills, reprocess, reprocess_queue }: Orchestration) {
  return [...controlRoutes(dags, control), ...backfillRoutes(dags, backfills), ...reprocessRoutes(reprocess, reprocess_queue)];
}
