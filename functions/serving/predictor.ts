import type { NewsState } from "../../shared/contracts/predict.ts";
import { BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import { HOUR, type Instant, SECOND, toIso } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { isMarketOpen, nextMarketOpen, openMarketMs } from "../../shared/domain/marketCalendar.ts";
import { AppError } from "../../shared/errors.ts";
import { NEWS_FEATURES } from "../../shared/features/news/newsView.ts";
import type { ViewSchema } from "../../shared/features/viewSchema.ts";
import { modelNameOf } from "../../shared/models/trainingProfile.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { FeatureRow, FeatureStore } from "../../shared/ports/featureStore.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";
import type { OnlineStore } from "../../shared/ports/onlineStore.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import type { Tracking } from "../../shared/ports/tracking.ts";
import { currentRows, newsStateOf, rowsAt, type ServedRows, unlessUnreadable } from "./currentRows.ts";
import { answer, loadServedModel, type ServedModel, type ServedViews } from "./servedModel.ts";
import { createTimedCache } from "./timedCache.ts";

export interface PredictorPorts {
  readonly clock: Clock;
  readonly lake: ObjectStore;
  readonly online: OnlineStore;
  readonly features: FeatureStore;
  readonly tracking: Tracking;
  /** The market's gold view, which every model reads. */
  readonly view: ViewSchema;
  newId(): string;
}

export interface Prediction {
  readonly record: PredictionRecord;
  readonly features_used: number;
  readonly at: Instant;
  readonly market_open: boolean;
  /** Whether the model had the news that it was trained with. */
  readonly news_features: NewsState;
}

/** A promotion reaches every isolate within this time. */
const POINTER_TTL_MS = 5 * SECOND;
const FEATURES_TTL_MS = SECOND;

/**
 * Answers for one instrument, now or as of a past moment. Now: model and features from the isolate, else from the online
 * store, else from libSQL. As of: point-in-time features and the model that was in Production then, from libSQL.
 */
export function createPredictor(ports: PredictorPorts) {
  const views: ServedViews = { market: ports.view, news: NEWS_FEATURES };
  const models = new Map<string, ServedModel>();
  const pointers = createTimedCache(ports.clock, POINTER_TTL_MS, (name) => currentPointer(ports, name));
  const rows = createTimedCache(ports.clock, FEATURES_TTL_MS, (instrument) => currentRows(ports, instrument, views, ports.clock.now()));

  /** Loaded models are kept, never loads under way: see createTimedCache. */
  async function model(source: string, version: string): Promise<ServedModel> {
    const loaded = models.get(source) ?? (await loadServedModel(ports.lake, source, version, views));
    models.set(source, loaded);
    return loaded;
  }

  return async function predict(instrument: Instrument, as_of: Instant | null): Promise<Prediction> {
    const at = as_of ?? ports.clock.now();
    const name = modelNameOf(instrument);
    const pointer = as_of === null ? await pointers.get(name) : await pointerAt(ports, name, as_of);
    if (!pointer) throw noModel(instrument, as_of);
    const [served, found] = await Promise.all([
      model(pointer.source, pointer.version),
      as_of === null ? rows.get(instrument) : rowsAt(ports.features, instrument, views, as_of),
    ]);
    const { market } = found;
    if (!market) throw noFeatures(instrument, at);
    requireFresh(instrument, market, at, ports.view.ttl_ms);
    return toPrediction(instrument, served, { ...found, market }, { at, as_of, requested_at: ports.clock.now(), id: ports.newId() });
  };
}

interface Pointer {
  readonly source: string;
  readonly version: string;
}

async function currentPointer(ports: PredictorPorts, name: string): Promise<Pointer | null> {
  const online = await unlessUnreadable(name, () => ports.online.readProduction(name));
  return online ? { source: online.source, version: online.version } : pointerAt(ports, name, ports.clock.now());
}

async function pointerAt(ports: PredictorPorts, name: string, as_of: Instant): Promise<Pointer | null> {
  const version = await ports.tracking.productionAt(name, as_of);
  return version ? { source: version.source, version: version.version } : null;
}

function toPrediction(
  instrument: Instrument,
  model: ServedModel,
  { market: row, news }: ServedRows & { readonly market: FeatureRow },
  request: { at: Instant; as_of: Instant | null; requested_at: Instant; id: string },
): Prediction {
  const news_features = model.reads_news ? newsStateOf(news, NEWS_FEATURES, request.at) : "unused";
  const { prediction, inputs } = answer(model, row.values, news_features === "fresh" ? (news?.values ?? null) : null);
  const features = Array.from(inputs, (value) => (Number.isNaN(value) ? null : value));
  return {
    at: request.at,
    features_used: features.filter((value) => value !== null).length,
    market_open: isMarketOpen(request.at),
    news_features,
    record: {
      prediction_id: request.id,
      instrument,
      model_name: model.card.name,
      model_version: model.version,
      event_time: row.event_time,
      target_start: nextMarketOpen(row.event_time),
      prediction,
      requested_at: request.requested_at,
      as_of: request.as_of,
      features,
    },
  };
}

/** Age counts only while the market is open: on a weekend the last bar before the close is as fresh as can be. */
function requireFresh(instrument: Instrument, row: FeatureRow, at: Instant, ttl_ms: number): void {
  const age_ms = openMarketMs(row.event_time, at);
  if (age_ms <= ttl_ms) return;
  throw new AppError(
    "features_stale",
    `The newest features of ${instrument} are of ${toIso(row.event_time)}: ${(age_ms / HOUR).toFixed(1)} market hours old at ${toIso(at)}, ` +
      `and ${ttl_ms / HOUR} are allowed. market_feature_pipeline, or data_collection before it, is late.`,
    {
      status: 503,
      retryable: true,
      details: { instrument, event_time: toIso(row.event_time), age_ms, ttl_ms, pipeline: "market_feature_pipeline" },
    },
  );
}

function noModel(instrument: Instrument, as_of: Instant | null): AppError {
  const when = as_of === null ? "" : ` at ${toIso(as_of)}`;
  return new AppError(
    "no_production_model",
    `No model of ${instrument} was in Production${when}. Train one with \`npm run fx -- backfill\`, or wait for model_training.`,
    { status: 503, details: { instrument, model: modelNameOf(instrument) } },
  );
}

function noFeatures(instrument: Instrument, at: Instant): AppError {
  return new AppError(
    "features_missing",
    `${instrument} has no feature row known at ${toIso(at)}. market_feature_pipeline has not built any.`,
    {
      status: 503,
      details: { instrument, pipeline: "market_feature_pipeline", bar_ms: BASE_GRANULARITY_MS },
    },
  );
}
