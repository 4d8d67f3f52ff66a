import type { Hono } from "hono";
import type { MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { withoutClosed } from "../../shared/contracts/route/withoutClosed.ts";
import type { CallbackOutbox } from "../../shared/ports/callbackOutbox.ts";
import type { MetricStore } from "../../shared/ports/metricStore.ts";
import type { MlflowStores } from "../../shared/ports/mlflowStores.ts";
import type { PageFiles } from "../../shared/ports/pageFiles.ts";
import type { ReprocessQueue } from "../../shared/ports/reprocessQueue.ts";
import type { Backfills } from "../engine/backfills.ts";
import type { Control } from "../engine/control.ts";
import type { Reprocess } from "../engine/reprocess.ts";
import type { Ports } from "../pipelines/ports.ts";
import { createKeptOnlineRows } from "../serving/keptOnlineRows.ts";
import { airflowServerRoutes } from "./airflowServer.ts";
import { backfillRoutes } from "./backfills.ts";
import { candleRoutes } from "./candles.ts";
import { controlRoutes } from "./control.ts";
import { dagGridRoutes } from "./dagGrid.ts";
import { type DagRunRouteOptions, dagRunRoutes } from "./dagRuns.ts";
import { dagRoutes } from "./dags.ts";
import { docsRoutes } from "./docsPage.ts";
import type { DrainRouteOptions } from "./drain.ts";
import { eventLogRoutes } from "./eventLogs.ts";
import { featureDriftRoutes } from "./featureDrift.ts";
import { featureFreshnessRoutes } from "./featureFreshness.ts";
import { featureRoutes } from "./features.ts";
import { feedbackRoutes } from "./feedback.ts";
import { frontDoorRoutes } from "./frontDoor.ts";
import { healthRoutes } from "./health.ts";
import { historicalFeatureRoutes } from "./historicalFeatures.ts";
import { importCandlesRoutes } from "./importCandles.ts";
import { importNewsRoutes } from "./importNews.ts";
import { createKnownInstruments } from "./instruments.ts";
import { loginOf } from "./loginOf.ts";
import { materializeRoutes } from "./materialize.ts";
import { metricsRoutes } from "./metrics.ts";
import { missedRunsRoutes } from "./missedRuns.ts";
import { mlflowRoutes } from "./mlflow/mlflowRoutes.ts";
import { modelEvaluationRoutes } from "./modelEvaluation.ts";
import { modelOutcomesRoutes } from "./modelOutcomes.ts";
import { modelRecordRoutes } from "./modelRecord.ts";
import { modelRoutes } from "./models.ts";
import { monitoringRoutes } from "./monitoring.ts";
import { newsRoutes } from "./news.ts";
import { objectRoutes } from "./objects.ts";
import { paperTradeRoutes } from "./paperTrades.ts";
import { poolRoutes } from "./pools.ts";
import { predictionRoutes } from "./predictions.ts";
import { productionRoutes } from "./production.ts";
import { pruneRoutes } from "./prune.ts";
import { pushRoutes } from "./pushFeatures.ts";
import { registryHistoryRoutes } from "./registryHistory.ts";
import { rejectRoutes } from "./rejects.ts";
import { reprocessRoutes } from "./reprocess.ts";
import { runbookRoutes } from "./runbooks.ts";
import { type ServingRouteOptions, servingRoutes } from "./servingRoutes.ts";
import { sidecarMetricsRoutes } from "./sidecarMetrics.ts";
import { storeRoutes } from "./store.ts";
import { taskInstanceRoutes } from "./taskInstances.ts";
import { webPageFor, webRoutes } from "./webPage.ts";
import { type WorkerAppOptions, workerApp } from "./workerApp.ts";

/** What changes pipelines, runs and tasks, beside the triggering of a run. */
export interface Orchestration {
  readonly control: Control;
  readonly backfills: Backfills;
  readonly reprocess: Reprocess;
  readonly reprocess_queue: ReprocessQueue;
  /** What people were told of. */
  readonly outbox: Pick<CallbackOutbox, "list">;
}

export interface AppOptions
  extends Omit<WorkerAppOptions, "page">,
    Pick<ServingRouteOptions, "record" | "answers_when_recorded" | "newId" | "sleep" | "is_leaving" | "elapsed_ms"> {
  readonly ports: Ports;
  /** Absent: a server without the page at /docs. */
  readonly page_files?: PageFiles;
  readonly mlflow: MlflowStores;
  readonly dags: Omit<DagRunRouteOptions, "clock">;
  /** Absent: an app that serves predictions and reads runs, and has no route that changes them. */
  readonly orchestration?: Orchestration;
  /** How the host of one machine tells the Worker to refuse what comes, before it ends it. */
  readonly drain?: DrainRouteOptions;
  /** What GET /metrics reads, where answers are counted. */
  readonly metrics?: MetricStore;
}

/** The Worker's server. */
export function createApp(options: AppOptions): Hono {
  const { page_files } = options;
  const page: WorkerAppOptions["page"] = page_files && ((context, status) => webPageFor(page_files, context, status));
  return workerApp(routesOf(options), { ...options, ...(page ? { page } : {}) });
}

/** Every route of the Worker with what answers it: a line a resource. */
export function routesOf({
  ports,
  page_files,
  mlflow,
  dags,
  orchestration,
  newId,
  metering,
  metrics,
  ...options
}: AppOptions): readonly MountedRoute[] {
  const reads = { ...dags, clock: ports.clock };
  const known = createKnownInstruments(ports.config.instruments, ports.bars, ports.clock);
  const kept = createKeptOnlineRows(ports.clock, ports.online);
  const mounted: readonly MountedRoute[] = [
    ...servingRoutes({ ports, known, kept, ledger: dags.ledger, newId, ...options }),
    healthRoutes(ports),
    ...frontDoorRoutes(() => withoutClosed(mounted, options.closed_pages).map(({ route }) => route), ports.config.code_version ?? null),
    ...(page_files ? [...docsRoutes(page_files), ...webRoutes(page_files), runbookRoutes(page_files)] : []),
    storeRoutes(ports, known),
    candleRoutes(ports, known),
    ...modelRoutes(ports, known),
    ...modelRecordRoutes(ports, known),
    ...modelEvaluationRoutes(ports),
    ...modelOutcomesRoutes(ports),
    ...registryHistoryRoutes(ports, mlflow),
    ...productionRoutes(ports),
    ...predictionRoutes(ports, known),
    paperTradeRoutes(ports, known),
    feedbackRoutes(ports, known),
    ...objectRoutes(ports),
    ...featureRoutes(ports),
    featureDriftRoutes(ports, known),
    ...featureFreshnessRoutes(ports, known),
    ...historicalFeatureRoutes(ports),
    ...pushRoutes(ports, known, kept),
    ...materializeRoutes(ports, known, kept),
    ...newsRoutes(ports),
    ...monitoringRoutes(ports),
    sidecarMetricsRoutes(ports),
    ...(metering && metrics
      ? [
          metricsRoutes({
            ports,
            store: metrics,
            writer: metering.writer,
            elapsed_ms: () => performance.now(),
            dag_ids: dags.dags.map(({ dag_id }) => dag_id),
            routes: () => mounted.map(({ route }) => route),
          }),
        ]
      : []),
    importCandlesRoutes(ports, newId),
    rejectRoutes(ports.bars),
    pruneRoutes(ports),
    importNewsRoutes(ports),
    ...dagRoutes(reads),
    ...mlflowRoutes({ ...mlflow, ...ports, newId }),
    missedRunsRoutes(reads),
    ...dagRunRoutes(reads),
    dagGridRoutes(reads),
    ...taskInstanceRoutes(reads),
    ...poolRoutes(dags.ledger),
    ...airflowServerRoutes({ ...reads, code_version: ports.config.code_version ?? null, login: loginOf(options.keyring) }),
    ...(orchestration ? orchestrationRoutes(reads, orchestration) : []),
  ];
  return mounted;
}

function orchestrationRoutes(reads: DagRunRouteOptions, { control, backfills, reprocess, reprocess_queue, outbox }: Orchestration) {
  const asked = [...controlRoutes(reads, control), ...backfillRoutes(reads.dags, backfills), ...eventLogRoutes(outbox)];
  return [...asked, ...reprocessRoutes(reprocess, reprocess_queue)];
}
