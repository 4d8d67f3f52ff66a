import type { NewsState } from "../../shared/contracts/predict.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import { HOUR, type Instant, SECOND, toIso } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { isMarketOpen } from "../../shared/domain/marketCalendar.ts";
import { AppError } from "../../shared/errors.ts";
import type { ViewSchema } from "../../shared/features/viewSchema.ts";
import type { KnownViews } from "../../shared/features/views.ts";
import { SERVED_HORIZON } from "../../shared/labels/horizon.ts";
import { modelNameOf } from "../../shared/models/modelName.ts";
import type { BarStore, MarketOrigin } from "../../shared/ports/barStore.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";
import type { KnowledgeStore } from "../../shared/ports/knowledgeStore.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";
import type { OnlineStore } from "../../shared/ports/onlineStore.ts";
import type { OnnxRuntime } from "../../shared/ports/onnxRuntime.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import type { Tracking } from "../../shared/ports/tracking.ts";
import type { BootstrapProgress } from "./bootstrapProgress.ts";
import { currentRows, isKnown, rowsAt, type ServedRows, stateOf, unlessUnreadable } from "./currentRows.ts";
import { type Knowledge, knowledgeAt } from "./knowledgeAt.ts";
import { createNewerRows } from "./newerRows.ts";
import { noModel } from "./noModel.ts";
import { createProductionPointers, type Pointer } from "./productionPointers.ts";
import { remembering } from "./remembering.ts";
import { createRowAnswers, type RowAnswers, type Said } from "./rowAnswers.ts";
import { loadServedModel, type ServedModel, type TargetBar } from "./servedModel.ts";
import { isStale, mayBeUntraded, type StaleRow, staleFeatures } from "./staleFeatures.ts";
import { type Behind, createTimedCache } from "./timedCache.ts";

export interface PredictorPorts {
  readonly clock: Clock;
  readonly lake: Pick<ObjectStore, "get">;
  /** Of which the pointers only while libSQL is away. */
  readonly online: Pick<OnlineStore, "read" | "readProduction">;
  readonly features: FeatureStore;
  readonly knowledge: KnowledgeStore;
  readonly tracking: Tracking;
  readonly onnx: OnnxRuntime;
  /** Asked only for the words of an error: which pipeline is late. */
  readonly bars: Pick<BarStore, "readLast">;
  /** The instruments for the words of an error, too. */
  readonly config: { readonly market_origin: MarketOrigin; readonly instruments: readonly Instrument[] };
  /** Asked only for the words of an error: how far the bootstrap is that brings the first models; null when none is under way. */
  readonly bootstrap?: () => Promise<BootstrapProgress | null>;
  /** The views that models may read. */
  readonly views: KnownViews;
  newId(): string;
}

export interface Prediction extends Said {
  readonly record: PredictionRecord;
  /** The same object in all answers that say the same. */
  readonly said: Said;
  readonly at: Instant;
  /** What an answer about a past moment stands on; null: now. */
  readonly knowledge: Knowledge | null;
}

const FEATURES_TTL_MS = SECOND;

/** The market opens and closes on the hour. Takes hours of the epoch. */
const isOpenInHour = remembering((hour: number) => isMarketOpen(hour * HOUR));

/**
 * Answers for one instrument over a number of bars, now or as of a past moment. Now: the model that the registry has in Production, and features
 * from the isolate, else from the online store, else from libSQL. As of: point-in-time features and the model that was in Production then, from libSQL.
 */
export function createPredictor(ports: PredictorPorts) {
  const models = new Map<string, ServedModel>();
  const pointers = createProductionPointers(ports);
  const progress = createTimedCache(ports.clock, FEATURES_TTL_MS, async () => ports.bootstrap?.() ?? null);
  const answers = createRowAnswers(ports.views.present.slice(1).map(({ name }) => name));
  const newest = new Map<string, ReturnType<typeof newestRows>>();

  /** Loaded models are kept, never loads under way: see createTimedCache. */
  async function model(source: string, version: string): Promise<ServedModel> {
    const loaded = models.get(source) ?? (await loadServedModel(ports.lake, source, version, ports.views, ports.onnx));
    models.set(source, loaded);
    return loaded;
  }

  /** Models that read the same views share what was read. */
  function rowsOf({ views, views_key }: ServedModel) {
    const rows = newest.get(views_key) ?? newestRows(ports, views);
    newest.set(views_key, rows);
    return rows;
  }

  /** `behind` keeps alive what an answer about now does not wait for (createTimedCache); `explains`: the answer says why, too. */
  return async function predict(
    instrument: Instrument,
    as_of: Instant | null,
    recorded_until: Instant | null = null,
    behind?: Behind,
    explains = false,
    horizon_bars: number = SERVED_HORIZON,
  ): Promise<Prediction> {
    const at = as_of ?? ports.clock.now();
    const name = modelNameOf(instrument, horizon_bars);
    const asked = { instrument, name, as_of, recorded_until };
    const knowledge = as_of === null ? null : await knowledgeAt(ports.knowledge, { ...asked, as_of }, ports.clock.now());
    const pointer =
      knowledge === null ? await pointers.get(name, behind) : await pointerAt(ports, name, knowledge.as_of, knowledge.recorded_until);
    if (!pointer) throw noModel({ instrument, horizon_bars }, as_of, as_of === null ? await progress.get("bootstrap") : null);
    const served = await model(pointer.source, pointer.version);
    const found = await (knowledge === null
      ? rowsOf(served).get(instrument, behind)
      : rowsAt(ports.features, instrument, served.views, knowledge.as_of, knowledge.recorded_until));
    // What this isolate read before its clock went back is not known yet either.
    const known = found.map((row) => (isKnown(row, at) ? row : null));
    const [market] = known;
    if (!market) throw noFeatures(instrument, at);
    const target = served.target(market.event_time);
    if (isStale(target.row_until, at))
      throw await explainStale(ports, {
        instrument,
        event_time: market.event_time,
        row_until: target.row_until,
        target_end: target.end,
        at,
        as_of,
        basis: knowledge?.basis ?? null,
      });
    const { event_time } = market;
    const request = { at, event_time, knowledge, target, requested_at: ports.clock.now(), id: ports.newId(), explains };
    return toPrediction(instrument, served, known, request, answers);
  };
}

/** The newest rows of each instrument, of the views that a model reads: read at most once a second. */
function newestRows(ports: PredictorPorts, views: readonly ViewSchema[]) {
  const newerRows = createNewerRows(ports, views);
  return createTimedCache(ports.clock, FEATURES_TTL_MS, async (instrument) =>
    newerRows(instrument, await currentRows(ports, instrument, views, ports.clock.now())),
  );
}

async function pointerAt(ports: PredictorPorts, name: string, as_of: Instant, recorded_until: Instant): Promise<Pointer | null> {
  const version = await ports.tracking.productionAt(name, as_of, recorded_until);
  return version ? { source: version.source, version: version.version } : null;
}

interface Answered {
  readonly at: Instant;
  /** Of the market's row. */
  readonly event_time: Instant;
  readonly knowledge: Knowledge | null;
  readonly target: TargetBar;
  readonly requested_at: Instant;
  readonly id: string;
  readonly explains: boolean;
}

/** An answer about now says what the last one did, as long as it is about the same: hundreds are asked for between two looks at the store. */
async function toPrediction(
  instrument: Instrument,
  model: ServedModel,
  rows: ServedRows,
  request: Answered,
  answers: RowAnswers,
): Promise<Prediction> {
  const { at, event_time, knowledge, target, explains } = request;
  const states = model.views.map((view, index) => (index === 0 ? "fresh" : stateOf(rows[index] ?? null, view, at)));
  requireWhatIsNeeded(instrument, model, states, at);
  const [target_ended, market_open] = [target.end <= at, isOpenInHour(Math.floor(at / HOUR))];
  const question = { rows, states, event_time, target, target_ended, market_open, explains };
  const { said, prediction, features } = await (knowledge === null ? answers.kept(model, question) : answers.fresh(model, question));
  return {
    ...said,
    said,
    at,
    knowledge,
    record: {
      prediction_id: request.id,
      instrument,
      model_name: model.card.name,
      model_version: model.version,
      event_time,
      target_start: target.start,
      prediction,
      requested_at: request.requested_at,
      as_of: knowledge?.as_of ?? null,
      features,
    },
  };
}

/** How stale the market may be goes by the bar that it predicts; of other views that a model cannot be without, by their TTL. */
function requireWhatIsNeeded(instrument: Instrument, { views }: ServedModel, states: readonly NewsState[], at: Instant): void {
  const view = views.find(({ when_missing }, index) => when_missing === "no_row" && states[index] !== "fresh");
  if (view === undefined) return;
  throw new AppError(
    "features_missing",
    `${instrument} has no row of ${view.name} that is fresh at ${toIso(at)}, and its model cannot do without.`,
    {
      status: 503,
      retryable: true,
      details: { instrument, view: view.name },
    },
  );
}

/** A store that does not answer leaves open which pipeline is late; that the features are stale is sure. */
async function explainStale(ports: PredictorPorts, stale: StaleRow): Promise<AppError> {
  const { market_origin, instruments } = ports.config;
  const last_bar_end = await lastBarEnd(ports, stale.instrument, stale.at);
  const is_missing = last_bar_end !== null && last_bar_end <= stale.event_time;
  // Of candles that are imported one pair may be ahead of the others for any reason.
  const others = is_missing && market_origin !== "import" && mayBeUntraded(stale) ? instruments : [];
  return staleFeatures(stale, { market_origin, last_bar_end, traded_elsewhere: await tradedElsewhere(ports, stale, others) });
}

async function tradedElsewhere(
  ports: PredictorPorts,
  { instrument, row_until, at }: StaleRow,
  others: readonly Instrument[],
): Promise<Instrument | null> {
  for (const other of others) {
    if (other === instrument) continue;
    const end = await lastBarEnd(ports, other, at);
    if (end !== null && end >= row_until) return other;
  }
  return null;
}

/** End of the newest stored bar that ended by then; null when there is none, or when the store could not say. */
async function lastBarEnd({ bars }: Pick<PredictorPorts, "bars">, instrument: Instrument, at: Instant): Promise<Instant | null> {
  const newest = await unlessUnreadable(instrument, () => bars.readLast(instrument, BASE_GRANULARITY, at - BASE_GRANULARITY_MS + 1, 1));
  const last = newest?.[0];
  return last ? last.start + BASE_GRANULARITY_MS : null;
}

function noFeatures(instrument: Instrument, at: Instant): AppError {
  return new AppError(
    "features_missing",
    `${instrument} has no feature row known at ${toIso(at)}: market_feature_pipeline has not built any. npm run fx -- runs market_feature_pipeline shows what it did.`,
    {
      status: 503,
      details: { instrument, pipeline: "market_feature_pipeline", bar_ms: BASE_GRANULARITY_MS },
    },
  );
}
