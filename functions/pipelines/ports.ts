import type { TradingRule } from "../../shared/backtest/tradingRule.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import type { NewsSource } from "../../shared/domain/newsSource.ts";
import type { Migration } from "../../shared/domain/schemaVersion.ts";
import type { ViewConfig } from "../../shared/features/views.ts";
import type { OnlineTtlMode } from "../../shared/online/featureStatus.ts";
import type { AlertSink } from "../../shared/ports/alertSink.ts";
import type { ArticleStore } from "../../shared/ports/articleStore.ts";
import type { BarPredictor } from "../../shared/ports/barPredictor.ts";
import type { BarStore, MarketOrigin } from "../../shared/ports/barStore.ts";
import type { CandleSource } from "../../shared/ports/candleSource.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";
import type { FeedbackStore } from "../../shared/ports/feedbackStore.ts";
import type { KnowledgeStore } from "../../shared/ports/knowledgeStore.ts";
import type { MonitorStore } from "../../shared/ports/monitorStore.ts";
import type { NewsFeeds } from "../../shared/ports/newsFeeds.ts";
import type { NewsFetcher } from "../../shared/ports/newsFetcher.ts";
import type { Channel } from "../../shared/ports/notifier.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";
import type { OnlineStore } from "../../shared/ports/onlineStore.ts";
import type { OnnxPeer } from "../../shared/ports/onnxPeer.ts";
import type { OnnxRuntime } from "../../shared/ports/onnxRuntime.ts";
import type { OutcomeStore } from "../../shared/ports/outcomeStore.ts";
import type { Painter } from "../../shared/ports/painter.ts";
import type { PredictionLog } from "../../shared/ports/predictionLog.ts";
import type { PredictionReader } from "../../shared/ports/predictionReader.ts";
import type { LakeKeeper, PrunedLedger } from "../../shared/ports/pruning.ts";
import type { ReprocessQueue } from "../../shared/ports/reprocessQueue.ts";
import type { SchemaProbe } from "../../shared/ports/schemaProbe.ts";
import type { SentimentScorer } from "../../shared/ports/sentimentScorer.ts";
import type { SentimentStore } from "../../shared/ports/sentimentStore.ts";
import type { Sidecars } from "../../shared/ports/sidecars.ts";
import type { Tracking } from "../../shared/ports/tracking.ts";
import type { TriggerRun } from "../../shared/ports/triggerRun.ts";
import type { WriteProbe } from "../../shared/ports/writeProbe.ts";
import type { Retention } from "../../shared/retention/retention.ts";
import type { ChallengeRule } from "../../shared/validation/judgeChallenge.ts";

/** What the pipelines are told by their environment. */
export interface PipelineConfig extends ViewConfig {
  /** Where candles come from; "import" means that nothing is collected live. */
  readonly market_origin: MarketOrigin;
  /** Instruments that are collected, and the legs of the cross-instrument features. */
  readonly instruments: readonly Instrument[];
  /** Out-of-fold accuracy above which a model is taken for a leak (see plausibilityCheck). */
  readonly max_plausible_accuracy: number;
  /** When a staged version takes the place of the one in Production. */
  readonly challenge: ChallengeRule;
  /** When a probability is traded in backtests and reports. */
  readonly trading_rule: TradingRule;
  /** The largest move that is believed of a bar that stands alone, as a log return (see findSpikes). */
  readonly spike_guard: number;
  /** Asked of the sidecar, which fails rather than train elsewhere. */
  readonly training_device: "cpu" | "cuda";
  /** Whether online features older than their time to live are withheld; absent: they are. */
  readonly online_ttl?: OnlineTtlMode;
  /** How long is kept what grows without end. */
  readonly retention: Retention;
  /** Commit of the code that runs; null where it is not known. */
  readonly code_version: string | null;
  /** Where news is read from: the map keys of collect_news and validate_news are their ids. */
  readonly news_sources: readonly NewsSource[];
}

/** Everything that a step may touch. */
export interface Ports {
  readonly config: PipelineConfig;
  /** For times of record, and for whether a model of a live run is there yet. Data never depends on it. */
  readonly clock: Clock;
  readonly candles: CandleSource;
  readonly news: NewsFetcher;
  readonly news_feeds: NewsFeeds;
  readonly lake: ObjectStore;
  readonly bars: BarStore;
  readonly articles: ArticleStore;
  readonly features: FeatureStore;
  readonly online: OnlineStore;
  readonly knowledge: KnowledgeStore;
  readonly tracking: Tracking;
  /** Where models are trained: each job by its own. */
  readonly sidecars: Sidecars;
  readonly painter: Painter;
  readonly onnx: OnnxRuntime;
  readonly onnx_peer: OnnxPeer;
  readonly trigger: TriggerRun;
  readonly sentiment: SentimentScorer;
  readonly sentiments: SentimentStore;
  readonly reprocess: ReprocessQueue;
  readonly monitor: MonitorStore;
  /** Serving, as the pipeline asks it about each bar. */
  readonly predictor: BarPredictor;
  /** Where what it said is logged. */
  readonly prediction_log: Pick<PredictionLog, "prepareForecast">;
  /** What was answered. */
  readonly predictions: PredictionReader;
  /** What came of it, and what others say came of it. */
  readonly outcomes: OutcomeStore;
  readonly feedback: FeedbackStore;
  readonly writes: WriteProbe;
  /** What may be forgotten of the ledger and of the lake. */
  readonly pruning: { readonly ledger: PrunedLedger; readonly lake: LakeKeeper };
  /** What the database's schema is, and what this version of the code takes it to be. */
  readonly schema: SchemaProbe & { readonly known: readonly Migration[] };
  /** An Alertmanager that tells people of alerts; null: there is none. */
  readonly alert_sink: AlertSink | null;
  /** Where people are told of promotions: one at least, the log where no other is set. */
  readonly channels: readonly Channel[];
}
