import type { ExecutionContext } from "hono";
import type { PredictRequest } from "../../shared/contracts/predict.ts";
import { type Instant, requireInstant, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { PredictionRecord } from "../../shared/ports/predictionLog.ts";
import type { createPredictor, Prediction } from "../serving/predictor.ts";
import type { KnownInstruments } from "./instruments.ts";

export interface PredictOptions {
  readonly clock: Clock;
  readonly known: KnownInstruments;
  readonly predict: ReturnType<typeof createPredictor>;
  /** Hands the record to the log's queue. */
  record(record: PredictionRecord): Promise<void>;
  /** The answer waits for that, and is an error when it fails: nothing that was answered is lost. */
  readonly answers_when_recorded?: boolean;
  /** A clock in milliseconds that never goes back, for how long an answer takes; absent: nobody takes the time. */
  elapsed_ms?(): number;
}

/** One answer, which is in the log or on its way there. `context` keeps alive what the answer does not wait for. */
export async function answerPrediction(
  options: PredictOptions,
  body: Readonly<PredictRequest>,
  context: Pick<ExecutionContext, "waitUntil">,
  explains: boolean,
): Promise<Prediction> {
  const prediction = await makePrediction(options, body, context, explains);
  await recordPrediction(options, prediction, context);
  return prediction;
}

/** The same, for whoever records it: nobody may be told of it before. */
export async function makePrediction(
  options: PredictOptions,
  body: Readonly<PredictRequest>,
  context: Pick<ExecutionContext, "waitUntil">,
  explains: boolean,
): Promise<Prediction> {
  const began_ms = options.elapsed_ms?.();
  await options.known.require(body.instrument);
  const now = options.clock.now();
  const as_of = body.timestamp === undefined ? null : requirePast(body.timestamp, now);
  const recorded_until = body.recorded_until === undefined ? null : requireInstant(body.recorded_until, "recorded_until");
  if (recorded_until !== null && as_of === null) throw withoutTimestamp();
  const behind = (work: Promise<unknown>) => context.waitUntil(work);
  const prediction = await options.predict(body.instrument, as_of, recorded_until, behind, explains, body.horizon_bars);
  return began_ms === undefined ? prediction : { ...prediction, record: timed(prediction.record, options.elapsed_ms!() - began_ms) };
}

/** Settles when it may be told. */
export async function recordPrediction(
  options: PredictOptions,
  { record }: Prediction,
  context: Pick<ExecutionContext, "waitUntil">,
): Promise<void> {
  if (options.answers_when_recorded === true) await recordFirst(options, record, context);
  else context.waitUntil(log(options, record));
}

/** The time until the answer was made: that its record was taken is not in it, since the record has it. */
function timed(record: PredictionRecord, took_ms: number): PredictionRecord {
  return { ...record, latency_us: Math.max(0, Math.round(took_ms * 1_000)) };
}

/** A request whose client has gone is ended at its next wait; the record of an answer goes on, and those of others with it. */
async function recordFirst({ record }: PredictOptions, prediction: PredictionRecord, context: { waitUntil(work: Promise<unknown>): void }) {
  const work = record(prediction);
  context.waitUntil(work.catch(() => undefined));
  await work;
}

/** The answer has left by then: a queue that refuses it can only be told to the log. */
async function log({ record }: PredictOptions, prediction: PredictionRecord): Promise<void> {
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
