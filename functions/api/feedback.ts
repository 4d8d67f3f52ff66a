import { type FeedbackRequest, sendFeedback } from "../../shared/contracts/feedback.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { type Instant, requireInstant, SECOND, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { modelNameOf } from "../../shared/models/modelName.ts";
import { horizonOf, targetEndOf } from "../../shared/monitoring/predictedBar.ts";
import { BY_BARS, directionOf, type RealizedDirection } from "../../shared/monitoring/settle.ts";
import type { Feedback } from "../../shared/ports/feedbackStore.ts";
import type { PredictionSummary } from "../../shared/ports/predictionReader.ts";
import type { Ports } from "../pipelines/ports.ts";
import type { KnownInstruments } from "./instruments.ts";
import { closeAt, outcomesFor } from "./outcomesFor.ts";
import { unknownPrediction } from "./predictions.ts";

/** An answer's `timestamp` is when it was asked for, and it is logged with the moment at which it was made: within a second. */
const ANSWERED_WITHIN_MS = SECOND;

/** What somebody says came of a prediction. The first that is said stands; the same again changes nothing, and another is refused. */
export function feedbackRoutes(ports: Ports, known: KnownInstruments): MountedRoute {
  return handle(sendFeedback, async ({ body }) => {
    requireSource(body.source);
    const served = await servedOf(ports, known, body);
    const target_end = targetEndOf(served);
    const now = ports.clock.now();
    if (target_end > now) throw notOver(body.prediction_id === undefined ? "timestamp" : "prediction_id", target_end);
    const { realized_direction, realized_price } = await realizedOf(ports, served, body);
    const { instrument, event_time } = served;
    const said = { instrument, event_time, horizon_bars: horizonOf(served), realized_direction, realized_price, source: body.source };
    const standing = await ports.feedback.report({ ...said, reported_at: now });
    if (contradicts(standing, said)) throw contradiction(standing, said);
    const by_bars = (await outcomesFor(ports, instrument, [served]))(served)?.by_bars ?? null;
    return {
      instrument,
      event_time: toIso(event_time),
      target_end: toIso(target_end),
      realized_direction: standing.realized_direction,
      realized_price: standing.realized_price,
      source: standing.source,
      reported_at: toIso(standing.reported_at),
      by_bars,
    };
  });
}

function requireSource(source: string): void {
  if (source.toLowerCase() === BY_BARS) throw wrong("source", "bars is what this store's own outcomes are called; name who says so.");
}

async function servedOf(ports: Ports, known: KnownInstruments, { prediction_id, instrument, horizon_bars, timestamp }: FeedbackRequest) {
  if (prediction_id !== undefined) {
    const [other] = Object.entries({ instrument, horizon_bars, timestamp }).find(([, value]) => value !== undefined) ?? [];
    if (other !== undefined) throw wrong(other, "prediction_id says it already; give one or the other.");
    const found = await ports.predictions.find(prediction_id);
    if (found !== null) return found;
    throw unknownPrediction(prediction_id);
  }
  if (instrument === undefined) throw wrong("prediction_id", "is missing; or give instrument and timestamp.");
  if (timestamp === undefined) throw wrong("timestamp", "is missing: that of the answer. Or give its prediction_id.");
  await known.require(instrument);
  return servedAt(ports, instrument, modelNameOf(instrument, horizon_bars), requireInstant(timestamp, "timestamp"));
}

async function servedAt(ports: Ports, instrument: string, model_name: string, at: Instant): Promise<PredictionSummary> {
  const found = await ports.predictions.lastAnswer(instrument, model_name, { asked_by: at + ANSWERED_WITHIN_MS, made_on: at });
  if (found !== null && targetEndOf(found) > at) return found;
  throw new AppError("not_found", `timestamp: no answer for ${instrument} was given by ${toIso(at)} that is about that time.`, {
    status: 404,
    details: { field: "timestamp" },
  });
}

interface Realized {
  readonly realized_direction: RealizedDirection;
  readonly realized_price: number | null;
}

async function realizedOf(ports: Ports, served: PredictionSummary, said: FeedbackRequest): Promise<Realized> {
  const { realized_direction, realized_price } = said;
  if (realized_direction !== undefined && realized_price !== undefined)
    throw wrong("realized_price", "give it or realized_direction: a price says the direction.");
  if (realized_direction !== undefined) return { realized_direction, realized_price: null };
  if (realized_price === undefined) throw wrong("realized_direction", "is missing; or give realized_price.");
  const from = await closeAt(ports, served.instrument, served.event_time);
  if (from === undefined)
    throw wrong(
      "realized_price",
      `the bar that ends at ${toIso(served.event_time)} is not in this store, so that no direction follows from a price; give realized_direction.`,
    );
  return { realized_direction: directionOf(from.mid_c, realized_price), realized_price };
}

/** Who says it does not matter: that a second one says the same is no contradiction. Nor is it, to say less or more of it. */
function contradicts(standing: Realized, said: Realized): boolean {
  if (standing.realized_direction !== said.realized_direction) return true;
  return standing.realized_price !== null && said.realized_price !== null && standing.realized_price !== said.realized_price;
}

function contradiction(standing: Feedback, said: Realized): AppError {
  const tell = ({ realized_direction, realized_price }: Realized) =>
    realized_price === null ? realized_direction : `${realized_direction} (${realized_price})`;
  return new AppError(
    "feedback_contradicts",
    `${standing.source} said at ${toIso(standing.reported_at)} that it was ${tell(standing)}, and this says ${tell(said)}. The first report stands.`,
    {
      status: 409,
      details: {
        field: said.realized_price === null ? "realized_direction" : "realized_price",
        realized_direction: standing.realized_direction,
        realized_price: standing.realized_price,
        source: standing.source,
      },
    },
  );
}

function notOver(field: string, target_end: Instant): AppError {
  return wrong(field, `what was predicted ends at ${toIso(target_end)}, which is not over yet.`);
}

function wrong(field: string, message: string): AppError {
  return new AppError("invalid_request", `${field}: ${message}`, { status: 422, details: { field } });
}
