import { MAX_PREDICT_BODY_BYTES, type PredictResponse, predictRequestSchema, predictRoute } from "../../shared/contracts/predict.ts";
import { handleRaw, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { type Instant, requireInstant, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import type { createPredictor, Prediction } from "../serving/predictor.ts";
import type { KnownInstruments } from "./instruments.ts";
import { parseBody } from "./parseBody.ts";

export interface PredictRouteOptions {
  readonly clock: Clock;
  readonly known: KnownInstruments;
  readonly predict: ReturnType<typeof createPredictor>;
  /** Hands the record to the log's queue. */
  record(record: PredictionRecord): Promise<void>;
  /** The answer waits for that, and is an error when it fails: nothing that was answered is lost. */
  readonly answers_when_recorded?: boolean;
}

/** Reads its body by itself: most of the time of an answer from the isolate is the way to the handler. */
export function predictRoutes(options: PredictRouteOptions): MountedRoute {
  return handleRaw(predictRoute, async (context) => {
    const body = await parseBody(context.req.raw, predictRequestSchema, MAX_PREDICT_BODY_BYTES);
    await options.known.require(body.instrument);
    const now = options.clock.now();
    const as_of = body.timestamp === undefined ? null : requirePast(body.timestamp, now);
    const recorded_until = body.recorded_until === undefined ? null : requireInstant(body.recorded_until, "recorded_until");
    if (recorded_until !== null && as_of === null) throw withoutTimestamp();
    const behind = (work: Promise<unknown>) => context.executionCtx.waitUntil(work);
    const prediction = await options.predict(body.instrument, as_of, recorded_until, behind);
    if (options.answers_when_recorded === true) await recordFirst(options, prediction.record, context.executionCtx);
    else context.executionCtx.waitUntil(log(options, prediction.record));
    return context.json(toResponse(prediction));
  });
}

/** A request whose client has gone is ended at its next wait; the record of an answer goes on, and those of others with it. */
async function recordFirst(
  { record }: PredictRouteOptions,
  prediction: PredictionRecord,
  context: { waitUntil(work: Promise<unknown>): void },
) {
  const work = record(prediction);
  context.waitUntil(work.catch(() => undefined));
  await work;
}

/** The answer has left by then: a queue that refuses it can only be told to the log. */
async function log({ record }: PredictRouteOptions, prediction: PredictionRecord): Promise<void> {
  try {
    await record(prediction);
  } catch (error) {
    console.error(`Prediction ${prediction.prediction_id} could not be queued for the log.`, error);
  }
}

function requirePast(text: string, now: Instant): Instant {
  const at = requireInstant(text, "timestamp");
  if (at <= now) return at;
  throw new AppError(
    "invalid_timestamp",
    `timestamp: ${toIso(at)} is in the future; it is ${toIso(now)} here. Leave it out to ask about now.`,
    {
      status: 422,
      details: { field: "timestamp", now: toIso(now) },
    },
  );
}

function withoutTimestamp(): AppError {
  return new AppError(
    "invalid_request",
    "recorded_until: it says what an answer about a past moment may use; give the moment as timestamp.",
    {
      status: 422,
      details: { field: "recorded_until" },
    },
  );
}

function toResponse({
  record,
  raw_prediction,
  return_interval_bp,
  features_used,
  claim,
  at,
  target_end,
  target_ended,
  market_open,
  view_states,
  knowledge,
}: Prediction): PredictResponse {
  return {
    ...view_states,
    instrument: record.instrument,
    prediction: record.prediction,
    raw_prediction,
    direction: record.prediction >= 0.5 ? "bullish" : "bearish",
    confidence: Math.abs(record.prediction - 0.5) * 2,
    return_interval_bp,
    features_used,
    skill: claim.skill,
    accuracy: claim.accuracy,
    baseline: claim.baseline,
    net_bp: claim.net_bp,
    model_version: `${record.model_name}/${record.model_version}`,
    timestamp: toIso(at),
    event_time: toIso(record.event_time),
    target_start: toIso(record.target_start),
    target_end: toIso(target_end),
    target_ended,
    market_open,
    news_features: view_states["news_features"] ?? "unused",
    ...(knowledge === null ? {} : { basis: knowledge.basis, recorded_until: toIso(knowledge.recorded_until) }),
    prediction_id: record.prediction_id,
  };
}
