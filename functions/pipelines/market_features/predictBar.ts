import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext, StepOutcome } from "../../../shared/dag/step.ts";
import { BASE_GRANULARITY } from "../../../shared/domain/granularity.ts";
import { DAY, type Instant, toIso } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { barEndAfter } from "../../../shared/domain/lateness.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { modelViews } from "../../../shared/features/views.ts";
import { SERVED_HORIZON } from "../../../shared/labels/horizon.ts";
import type { BarPrediction } from "../../../shared/ports/barPredictor.ts";
import type { Ports } from "../ports.ts";

const reportSchema = z.strictObject({
  read: z.int(),
  written: z.int(),
  prediction_id: z.string(),
  event_time: z.iso.datetime(),
  model_version: z.string(),
  /** From the end of the bar to the answer. */
  age_ms: z.int(),
  /** What the answer took: model and features are read for it. */
  latency_ms: z.int(),
});
type Outcome = StepOutcome<z.infer<typeof reportSchema>, never>;

/** A block writes nothing and reads nothing: the run of an hour that is over is skipped. */
const BLOCK_MS = 200 * DAY;

/** Of an answer that there cannot be, which says why: no model yet, or rows that are older than what is served. */
const NO_ANSWER: ReadonlySet<string> = new Set(["no_production_model", "features_missing", "features_stale"]);

/**
 * Predicts the instrument's next bar by itself, once, as a user would who asks as soon as the features are there. That makes the record which
 * performance and paper trading are measured on, whoever asks or not.
 *
 * A prediction is made of now and before what it is about has ended, or not at all: the run of an hour that is over (a backfill, or one that
 * was held up for so long) is skipped, since what would be said today about a decided bar is no record. Whatever is repeated, the first
 * prediction of a bar stands: its id is the bar's.
 */
export const predictBar = defineStep({
  name: "predict_bar",
  report: reportSchema,
  run: async (ports: Ports, context) => {
    const over = whyOver(ports, context);
    if (over !== null) return skipped(over);
    const before = ports.clock.now();
    const prediction = await predictionOf(ports, context);
    // A clock that is set back meanwhile makes no answer quicker than at once.
    const latency_ms = Math.max(0, ports.clock.now() - before);
    return "reason" in prediction ? skipped(prediction.reason) : log(ports, context, prediction, latency_ms);
  },
  block: {
    span_ms: BLOCK_MS,
    run: async (ports: Ports, contexts) => {
      const over = contexts.map((context) => whyOver(ports, context));
      return over.every((reason) => reason !== null) ? over.map((reason) => skipped(reason)) : null;
    },
  },
});

/** The newest row that the run can have built ends with its interval. */
function whyOver({ clock }: Ports, { window }: StepContext): string | null {
  const until = barEndAfter(window.end, BASE_GRANULARITY, SERVED_HORIZON);
  return until > clock.now() ? null : tooLate(until);
}

function tooLate(until: Instant): string {
  return `What would be predicted ended at ${toIso(until)}: a prediction that is made afterwards is no record of anything.`;
}

/**
 * Serving said nothing of the row that the run has built, or answered by an older one: the online store may be behind, and libSQL have given
 * serving nothing in time.
 * @throws what is tried again where libSQL has that row, and as libSQL does where it does not answer.
 */
async function requireNoNewerRow({ clock, config, features }: Ports, { window, map_key }: StepContext): Promise<void> {
  const row = await features.latest(map_key, referenceOf(modelViews(config)[0]!), clock.now());
  if (row === null || row.event_time < window.end) return;
  const of = `${map_key} has a feature row of ${toIso(row.event_time)} in libSQL`;
  throw new AppError("store_unavailable", `${of}, and serving does not see it yet: the online store still gives an older one.`, {
    retryable: true,
  });
}

async function predictionOf(ports: Ports, context: StepContext): Promise<BarPrediction | { readonly reason: string }> {
  try {
    return await ports.predictor.now(context.map_key);
  } catch (error) {
    const { code, message, details } = toAppError(error);
    // Rows of another view that a model cannot be without come from another pipeline, and may come yet.
    if (!NO_ANSWER.has(code) || typeof details?.["view"] === "string") throw error;
    if (code !== "no_production_model") await requireNoNewerRow(ports, context);
    return { reason: message };
  }
}

async function log(ports: Ports, context: StepContext, { record, target_end }: BarPrediction, latency_ms: number): Promise<Outcome> {
  const { window, map_key: instrument } = context;
  const { event_time, requested_at } = record;
  // A later run has built a newer row meanwhile, and predicts on that by itself.
  if (event_time > window.end) return skipped(`There is a row of ${toIso(event_time)} already, which a later run predicts on.`);
  if (event_time < window.end) await requireNoNewerRow(ports, context);
  if (target_end <= requested_at) return skipped(tooLate(target_end));
  const prediction_id = forecastId(instrument, event_time);
  const standing = await ports.predictions.find(prediction_id);
  const named = standing ?? { ...record, prediction_id, latency_us: latency_ms * 1_000 };
  if (standing === null) context.withSettlement(ports.prediction_log.prepareForecast(named));
  return {
    kind: "success",
    report: {
      read: 1,
      written: standing === null ? 1 : 0,
      prediction_id,
      event_time: toIso(event_time),
      model_version: `${named.model_name}/${named.model_version}`,
      age_ms: named.requested_at - event_time,
      latency_ms,
    },
  };
}

/** pipeline-USD_SGD-20250627T120000Z: one of each row, whatever makes it again. */
function forecastId(instrument: Instrument, event_time: Instant): string {
  return `pipeline-${instrument}-${toIso(event_time).slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

function skipped(reason: string): Outcome {
  return { kind: "skipped", reason };
}
