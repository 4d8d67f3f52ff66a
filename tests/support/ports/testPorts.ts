import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { createFeatureStore } from "../../../functions/adapters/libsql/features/featureStore.ts";
import { createBarStore } from "../../../functions/adapters/libsql/market/barStore.ts";
import { createMonitorStore } from "../../../functions/adapters/libsql/monitoring/monitorStore.ts";
import { createArticleStore } from "../../../functions/adapters/libsql/news/articleStore.ts";
import { createNewsFeeds } from "../../../functions/adapters/libsql/news/newsFeeds.ts";
import { createSentimentStore } from "../../../functions/adapters/libsql/news/sentimentStore.ts";
import { createPrunedLedger } from "../../../functions/adapters/libsql/prunedLedger.ts";
import { createSchemaProbe } from "../../../functions/adapters/libsql/schemaProbe.ts";
import { createFeedbackStore } from "../../../functions/adapters/libsql/serving/feedbackStore.ts";
import { createKnowledgeStore } from "../../../functions/adapters/libsql/serving/knowledgeStore.ts";
import { createOutcomeStore } from "../../../functions/adapters/libsql/serving/outcomeStore.ts";
import { createPredictionLog } from "../../../functions/adapters/libsql/serving/predictionLog.ts";
import { createPredictionReader } from "../../../functions/adapters/libsql/serving/predictionReader.ts";
import { createTracking } from "../../../functions/adapters/libsql/tracking/tracking.ts";
import type { Ports } from "../../../functions/pipelines/ports.ts";
import { createBarPredictor } from "../../../functions/serving/barPredictor.ts";
import migrations from "../../../migrations/meta/_journal.json" with { type: "json" };
import type { ReprocessMessage } from "../../../shared/contracts/reprocess.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { migrationsOf } from "../../../shared/domain/schemaVersion.ts";
import type { CandleSource } from "../../../shared/ports/candleSource.ts";
import type { NewsFetcher } from "../../../shared/ports/newsFetcher.ts";
import type { SentimentScorer } from "../../../shared/ports/sentimentScorer.ts";
import type { Trainer } from "../../../shared/ports/trainer.ts";
import type { TriggerRun, TriggerRunRequest } from "../../../shared/ports/triggerRun.ts";
import { parseRetention } from "../../../shared/retention/retention.ts";
import { openMemoryDatabase } from "../databases/memoryDatabase.ts";
import { createTestClock, type TestClock } from "../engine/testEngine.ts";
import { nodeOnnxRuntime } from "../models/nodeOnnxRuntime.ts";
import { createMemoryLakeKeeper } from "./memoryLakeKeeper.ts";
import { createMemoryObjectStore } from "./memoryObjectStore.ts";
import { createMemoryOnlineStore } from "./memoryOnlineStore.ts";
import { oneSidecar } from "./oneSidecar.ts";

export interface TestPorts extends Ports {
  readonly clock: TestClock;
  readonly lake: ReturnType<typeof createMemoryObjectStore>;
  readonly database: Database;
  /** What trains on the only sidecar. */
  readonly trainer: Trainer;
  /** What was asked of the trigger. */
  readonly triggered: readonly TriggerRunRequest[];
  /** What was put on the reprocess queue. */
  readonly reprocessed: readonly ReprocessMessage[];
}

export interface TestPortsOptions {
  readonly now: Instant;
  readonly config?: Partial<Ports["config"]>;
  readonly candles?: CandleSource;
  readonly trainer?: Trainer;
  readonly sentiment?: SentimentScorer;
  readonly news?: NewsFetcher;
  /** One that holds something already. */
  readonly database?: Database;
}

/** The real stores on an empty database in memory, or on the given one; what is outside the system (candles, trainer, trigger) as the test gives it. */
export async function createTestPorts(options: TestPortsOptions): Promise<TestPorts> {
  const { now, config = {}, candles, trainer, sentiment, news } = options;
  const clock = createTestClock(now);
  const database = options.database ?? (await openMemoryDatabase());
  const lake = createMemoryObjectStore();
  const triggered: TriggerRunRequest[] = [];
  const reprocessed: ReprocessMessage[] = [];
  const stores: Omit<TestPorts, "predictor"> = {
    config: {
      market_origin: "sandbox",
      instruments: ["USD_SGD", "EUR_USD"],
      max_plausible_accuracy: 0.55,
      challenge: { max_age_days: 7, tolerated_net_bp: 0.1 },
      trading_rule: { long_above: 0.6, short_below: 0.4 },
      spike_guard: 0.25,
      training_device: "cpu",
      retention: parseRetention(undefined),
      code_version: "c0de",
      news_sources: [],
      ...config,
    },
    clock,
    candles: candles ?? { pages: () => refuse("the candle source") },
    news: news ?? { fetch: async () => refuse("a news site") },
    news_feeds: createNewsFeeds(database),
    alert_sink: null,
    channels: [],
    writes: { lake: async () => undefined, database: async () => undefined },
    pruning: { ledger: createPrunedLedger(database), lake: createMemoryLakeKeeper(lake, () => clock.now()) },
    schema: { ...createSchemaProbe(database), known: migrationsOf(migrations) },
    lake,
    bars: createBarStore(database),
    articles: createArticleStore(database),
    features: createFeatureStore(database, clock),
    knowledge: createKnowledgeStore(database),
    online: createMemoryOnlineStore(),
    tracking: createTracking(database, clock),
    trainer: trainer ?? refusingTrainer,
    sidecars: oneSidecar(trainer ?? refusingTrainer, sentiment ?? refusingScorer),
    onnx: nodeOnnxRuntime,
    onnx_peer: { probabilities: async (model, matrix, width) => (await nodeOnnxRuntime.open("peer", model, width)).ask(matrix) },
    painter: { png: async (svg) => new TextEncoder().encode(`PNG of ${svg.length} characters`) },
    trigger: recordingTrigger(triggered),
    sentiment: sentiment ?? refusingScorer,
    sentiments: createSentimentStore(database, clock),
    reprocess: { send: async (message) => void reprocessed.push(message) },
    reprocessed,
    monitor: createMonitorStore(database),
    prediction_log: createPredictionLog(database),
    predictions: createPredictionReader(database),
    outcomes: createOutcomeStore(database),
    feedback: createFeedbackStore(database),
    database,
    triggered,
  };
  let ids = 0;
  return { ...stores, predictor: createBarPredictor(stores, () => `asked-${++ids}`) };
}

/** Stores bars as an import does, without going through bronze. */
export async function storeBars(ports: Ports, bars: readonly Bar[]): Promise<void> {
  await ports.bars.write({
    object_key: "test",
    bars,
    lines: bars.map((_bar, index) => index + 1),
    rejects: [],
    ingested_at: ports.clock.now(),
  });
}

function recordingTrigger(triggered: TriggerRunRequest[]): TriggerRun {
  return {
    triggerRun: async (request) => {
      triggered.push(request);
      const { dag_id, run_id = "run", run_type, window, conf, triggered_by } = request;
      const times = { window, queued_at: 0, started_at: null, ended_at: null };
      const facts = { backfill_id: null, deadline_at: null, is_late: false, failed_tasks: 0, skipped_tasks: 0, skip_reason: null };
      const run = { dag_id, run_id, run_type, state: "queued" as const, conf: { ...conf }, triggered_by, ...times, ...facts };
      return { run, created: true };
    },
  };
}

function refuse(what: string): never {
  throw new Error(`this test does not expect ${what} to be asked`);
}

const refusingTrainer: Trainer = {
  putDataset: async () => refuse("the trainer"),
  submit: async () => refuse("the trainer"),
  status: async () => refuse("the trainer"),
  cancel: async () => refuse("the trainer"),
  result: async () => refuse("the trainer"),
  model: async () => refuse("the trainer"),
  health: async () => refuse("the trainer"),
  metrics: async () => refuse("the trainer"),
};

const refusingScorer: SentimentScorer = {
  score: async () => refuse("the sidecar's reader"),
  health: async () => refuse("the sidecar's reader"),
};
