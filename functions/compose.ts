import migrations from "../migrations/meta/_journal.json" with { type: "json" };
import { createKeyring } from "../shared/contracts/keys/keyring.ts";
import { LEASE } from "../shared/dag/lease.ts";
import { definePools } from "../shared/dag/pool.ts";
import { migrationsOf } from "../shared/domain/schemaVersion.ts";
import { readNotifySettings } from "../shared/notify/notifySettings.ts";
import type { PredictionRecord } from "../shared/ports/predictionLog.ts";
import { createAssetFiles } from "./adapters/assetFiles.ts";
import { fetchBy } from "./adapters/fetchBy.ts";
import { createOnlineStore } from "./adapters/kvOnlineStore.ts";
import { type KvTexts, kvTextsOf, mirroredTexts } from "./adapters/kvTexts.ts";
import { createDatabase, type Database } from "./adapters/libsql/database.ts";
import { createFeatureStore } from "./adapters/libsql/features/featureStore.ts";
import { createLedger } from "./adapters/libsql/ledger/ledger.ts";
import { createBarStore } from "./adapters/libsql/market/barStore.ts";
import { createMonitorStore } from "./adapters/libsql/monitoring/monitorStore.ts";
import { createArticleStore } from "./adapters/libsql/news/articleStore.ts";
import { createNewsFeeds } from "./adapters/libsql/news/newsFeeds.ts";
import { createNewsHosts } from "./adapters/libsql/news/newsHosts.ts";
import { createSentimentStore } from "./adapters/libsql/news/sentimentStore.ts";
import { createBackfillStore } from "./adapters/libsql/orchestration/backfillStore.ts";
import { createCallbackOutbox } from "./adapters/libsql/orchestration/callbackOutbox.ts";
import { createDeadLetters } from "./adapters/libsql/orchestration/deadLetters.ts";
import { createPrunedLedger } from "./adapters/libsql/prunedLedger.ts";
import { createSchemaProbe } from "./adapters/libsql/schemaProbe.ts";
import { createFeedbackStore } from "./adapters/libsql/serving/feedbackStore.ts";
import { createKnowledgeStore } from "./adapters/libsql/serving/knowledgeStore.ts";
import { createLibsqlKv } from "./adapters/libsql/serving/libsqlKv.ts";
import { createOutcomeStore } from "./adapters/libsql/serving/outcomeStore.ts";
import { createPredictionLog } from "./adapters/libsql/serving/predictionLog.ts";
import { createPredictionReader } from "./adapters/libsql/serving/predictionReader.ts";
import { createMlflowStores } from "./adapters/libsql/tracking/mlflowStores.ts";
import { createTracking } from "./adapters/libsql/tracking/tracking.ts";
import { createNewsFetcher } from "./adapters/news/newsFetcher.ts";
import { userAgentOf } from "./adapters/news/userAgent.ts";
import { createAlertmanagerSink } from "./adapters/notify/alertmanagerSink.ts";
import { channelsOf } from "./adapters/notify/channelsOf.ts";
import { createChannels } from "./adapters/notify/createChannels.ts";
import { createOandaCandleSource } from "./adapters/oandaCandleSource.ts";
import { createOnnxInstaller } from "./adapters/onnx/installOnnx.ts";
import { createOnnxLoader } from "./adapters/onnx/onnxLoader.ts";
import { createQueueHints } from "./adapters/queueHints.ts";
import { createReprocessQueue } from "./adapters/queueReprocess.ts";
import { createR2ArtifactStore } from "./adapters/r2ArtifactStore.ts";
import { createR2LakeKeeper } from "./adapters/r2LakeKeeper.ts";
import { createR2ObjectStore } from "./adapters/r2ObjectStore.ts";
import { createSidecarPool } from "./adapters/sidecars/sidecarPool.ts";
import { systemTimers } from "./adapters/systemTimers.ts";
import { createWriteProbe } from "./adapters/writeProbe.ts";
import { createApp } from "./api/app.ts";
import { composeMetering } from "./composeMetering.ts";
import { composeRecorder } from "./composeRecorder.ts";
import { createBackfills } from "./engine/backfills.ts";
import { createControl } from "./engine/control.ts";
import { createEngine } from "./engine/engine.ts";
import { createReprocess } from "./engine/reprocess.ts";
import { tellChannels } from "./engine/tellChannels.ts";
import { createTriggerRun } from "./engine/triggerRun.ts";
import { withRunbooks } from "./engine/withRunbooks.ts";
import type { Bindings, Settings } from "./environment.ts";
import { newsSourcesOf } from "./newsSourcesOf.ts";
import { ALL_DAGS } from "./pipelines/all.ts";
import type { Ports } from "./pipelines/ports.ts";
import { ratesOf } from "./ratesOf.ts";
import { createHintRunner } from "./runHints.ts";
import { createBarPredictor } from "./serving/barPredictor.ts";

/** The composition root: every adapter, the engine and the routes, put together once an isolate. */
export function compose(env: Bindings, settings: Settings) {
  const clock = { now: () => Date.now() + settings.FX_CLOCK_OFFSET_MS };
  const database = createDatabase(settings.SQLD_URL, settings.SQLD_AUTH_TOKEN, { fetch: fetchBy(env.SQLD) });
  const metering = composeMetering(database, clock);
  const pools = definePools({ oanda: settings.OANDA_SLOTS, wide: settings.WIDE_SLOTS, sidecars: settings.SIDECAR_URL.length });
  const ledger = createLedger(database, pools);
  const lake = createR2ObjectStore(env.LAKE);
  const hints = createQueueHints(env.HINTS);
  const newToken = () => crypto.randomUUID();
  const news_sources = newsSourcesOf(settings);
  const shared = {
    ledger,
    dags: ALL_DAGS,
    clock,
    hints,
    backfills: createBackfillStore(database),
    newToken,
    default_map_keys: { instrument: settings.INSTRUMENTS, source: news_sources.map(({ id }) => id) },
  };
  const trigger = createTriggerRun(shared);
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const notify = readNotifySettings(env as object as Record<string, unknown>);
  const pool = createSidecarPool({ addresses: settings.SIDECAR_URL, token: settings.SIDECAR_TOKEN ?? null, fetch, now: Date.now });
  const stores: Omit<Ports, "predictor"> = {
    config: {
      market_origin: settings.MARKET_ORIGIN,
      instruments: settings.INSTRUMENTS,
      max_plausible_accuracy: settings.MAX_PLAUSIBLE_ACCURACY,
      challenge: { max_age_days: settings.CHAMPION_MAX_AGE_DAYS, tolerated_net_bp: settings.CHALLENGER_NET_LOSS_BP },
      trading_rule: { long_above: settings.TRADE_LONG_ABOVE, short_below: settings.TRADE_SHORT_BELOW },
      spike_guard: settings.SPIKE_GUARD,
      online_ttl: settings.ONLINE_TTL,
      training_device: settings.TRAINING_DEVICE,
      retention: settings.RETENTION_DAYS,
      code_version: settings.CODE_VERSION ?? null,
      news_sources,
    },
    clock,
    candles: createOandaCandleSource({
      base_url: settings.OANDA_API_URL ?? "",
      token: settings.OANDA_API_TOKEN ?? "",
      fetch,
      sleep,
      random: Math.random,
      clock,
    }),
    news: createNewsFetcher({
      fetch,
      hosts: createNewsHosts(database),
      clock,
      timers: systemTimers,
      sleep,
      newToken,
      user_agent: userAgentOf(settings.NEWS_CONTACT),
      allowed_origins: [
        ...(settings.NEWS_SANDBOX_URL === undefined ? [] : [new URL(settings.NEWS_SANDBOX_URL).origin]),
        ...settings.NEWS_ALLOWED_ORIGINS,
      ],
    }),
    news_feeds: createNewsFeeds(database),
    lake,
    bars: createBarStore(database),
    articles: createArticleStore(database),
    features: createFeatureStore(database, clock),
    knowledge: createKnowledgeStore(database),
    online: metering.timed(createOnlineStore(onlineTexts(env, settings, database))),
    tracking: createTracking(database, clock),
    sidecars: pool.sidecars,
    painter: pool.painter,
    onnx_peer: pool.onnx_peer,
    onnx: createOnnxLoader(env.LOADER, lake, createOnnxInstaller(pool.send, lake)),
    trigger,
    sentiment: pool.sentiment,
    sentiments: createSentimentStore(database, clock),
    // On one machine that queue lives in memory: what was accepted is made a backfill at once, so that no kill loses it.
    reprocess:
      settings.JOURNAL_URL === undefined
        ? createReprocessQueue(env.REPROCESS)
        : { send: async (message) => void (await reprocess.receive({ id: newToken(), body: message })) },
    monitor: createMonitorStore(database),
    prediction_log: createPredictionLog(database),
    predictions: createPredictionReader(database),
    outcomes: createOutcomeStore(database),
    feedback: createFeedbackStore(database),
    writes: createWriteProbe(env.LAKE, database),
    pruning: { ledger: createPrunedLedger(database), lake: createR2LakeKeeper(env.LAKE, settings.FX_CLOCK_OFFSET_MS) },
    schema: { ...createSchemaProbe(database), known: migrationsOf(migrations) },
    alert_sink:
      notify.alertmanager &&
      createAlertmanagerSink(notify.alertmanager, { offset_ms: settings.FX_CLOCK_OFFSET_MS, public_url: notify.public_url, fetch }),
    channels: createChannels(notify, { fetch }),
  };
  const ports: Ports = { ...stores, predictor: createBarPredictor(stores, newToken) };
  const backfills = createBackfills(shared);
  const reprocess = createReprocess({ backfills, dags: shared.dags, dead_letters: createDeadLetters(database), clock });
  const queue = { send: (records: readonly PredictionRecord[]) => env.PREDICTIONS.send(records, { contentType: "v8" }) };
  const { drain, options } = composeRecorder(env, queue, settings, clock, metering.end);
  const outbox = createCallbackOutbox(database);
  const app = createApp({
    ports,
    page_files: createAssetFiles(env.ASSETS),
    mlflow: { ...createMlflowStores(database), artifacts: createR2ArtifactStore(env.LAKE) },
    dags: { dags: ALL_DAGS, ledger, trigger },
    orchestration: { control: createControl(shared), backfills, reprocess, reprocess_queue: ports.reprocess, outbox },
    ...options,
    metering,
    metrics: metering.store,
    newId: newToken,
    keyring: createKeyring(settings.ADMIN_TOKEN ?? null, settings.API_KEYS, Date.now),
    allowed_hosts: settings.ALLOWED_HOSTS,
    cors_origins: settings.CORS_ORIGINS,
    rates: ratesOf(settings),
    closed_pages: settings.CLOSED_PAGES,
  });
  const engine = createEngine({
    ...shared,
    ...LEASE,
    ports,
    timers: systemTimers,
    pools,
    outbox,
    notifier: withRunbooks(tellChannels({ channelsOf: channelsOf(notify, ports.channels), told: outbox, clock }), notify.public_url),
  });
  const runHints = createHintRunner({ engine, at_once: settings.HINTS_AT_ONCE, clock, sleep });
  return { app, clock, drain, engine, runHints, reprocess, lake, predictions: createPredictionLog(database) };
}

function onlineTexts({ ONLINE }: Bindings, { ONLINE_MIRROR }: Settings, database: Database): KvTexts {
  const texts = kvTextsOf(ONLINE);
  return ONLINE_MIRROR === undefined ? texts : mirroredTexts(texts, createLibsqlKv(database));
}
