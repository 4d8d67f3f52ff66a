import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { barEndAfter } from "../../shared/domain/lateness.ts";
import { SERVED_HORIZON } from "../../shared/labels/horizon.ts";
import { readModelName } from "../../shared/models/modelName.ts";
import { type RealizedDirection, returnBp, type Settled, settleByBars } from "../../shared/monitoring/settle.ts";
import type { Feedback, FeedbackStore } from "../../shared/ports/feedbackStore.ts";
import type { KnownClose, PredictionReader, PredictionSummary } from "../../shared/ports/predictionReader.ts";

type Judged = Pick<PredictionSummary, "model_name" | "event_time">;
interface ClosePorts {
  readonly predictions: Pick<PredictionReader, "closes">;
}

export interface KnownOutcome extends Settled {
  /** bars, or who reported it. */
  readonly source: string;
  /** What the bars say, whoever else said something; null: they are not there. */
  readonly by_bars: RealizedDirection | null;
}

export function horizonOf({ model_name }: Pick<Judged, "model_name">): number {
  return readModelName(model_name)?.horizon_bars ?? SERVED_HORIZON;
}

/** End of the last bar that a prediction is about, by the horizon of its model. */
export function targetEndOf(one: Judged): Instant {
  return barEndAfter(one.event_time, BASE_GRANULARITY, horizonOf(one));
}

/** What became of predictions of one instrument, as far as it is known now: by what was reported, else by the bars; null: open. */
export async function outcomesFor(
  { predictions, feedback }: ClosePorts & { readonly feedback: Pick<FeedbackStore, "of"> },
  instrument: string,
  judged: readonly Judged[],
): Promise<(one: Judged) => KnownOutcome | null> {
  const ends = judged.flatMap((one) => [one.event_time, targetEndOf(one)]);
  const events = judged.map(({ event_time }) => event_time);
  const [closes, reports] = await Promise.all([predictions.closes(instrument, ends.map(startOf)), feedback.of(instrument, events)]);
  const reported = new Map(reports.map((one) => [keyOf(one.event_time, one.horizon_bars), one]));
  return (one) => {
    const from = closes.get(startOf(one.event_time));
    const by_bars = settleByBars(from, closes.get(startOf(targetEndOf(one))));
    const report = reported.get(keyOf(one.event_time, horizonOf(one)));
    if (report !== undefined) return { ...settledBy(report, from), source: report.source, by_bars: by_bars?.realized_direction ?? null };
    return by_bars && { ...by_bars, source: "bars", by_bars: by_bars.realized_direction };
  };
}

/** The hourly bar that ends then. */
export async function closeAt({ predictions }: ClosePorts, instrument: string, end: Instant): Promise<KnownClose | undefined> {
  return (await predictions.closes(instrument, [startOf(end)])).get(startOf(end));
}

function settledBy({ realized_direction, realized_price, reported_at }: Feedback, from: KnownClose | undefined): Settled {
  const return_bp = realized_price === null || from === undefined ? null : returnBp(from.mid_c, realized_price);
  return { realized_direction, return_bp, known_at: reported_at };
}

function startOf(end: Instant): Instant {
  return end - BASE_GRANULARITY_MS;
}

function keyOf(event_time: Instant, horizon_bars: number): string {
  return `${event_time}/${horizon_bars}`;
}
