import { BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { type AboutBar, barKeyOf, horizonOf, targetEndOf } from "../../shared/monitoring/predictedBar.ts";
import { type KnownOutcome, settle } from "../../shared/monitoring/settle.ts";
import type { FeedbackStore } from "../../shared/ports/feedbackStore.ts";
import type { OutcomeStore } from "../../shared/ports/outcomeStore.ts";
import type { KnownClose, PredictionReader } from "../../shared/ports/predictionReader.ts";

interface ClosePorts {
  readonly predictions: Pick<PredictionReader, "closes">;
}

export interface OutcomePorts extends ClosePorts {
  readonly feedback: Pick<FeedbackStore, "of">;
  readonly outcomes: Pick<OutcomeStore, "of">;
}

/**
 * What became of predictions of one instrument, as far as it is known now; null: open. As it was settled, where that was; what was not yet, or
 * has been reported since, by the same rule from the report and the bars.
 */
export async function outcomesFor(
  { predictions, feedback, outcomes }: OutcomePorts,
  instrument: string,
  judged: readonly AboutBar[],
): Promise<(one: AboutBar) => KnownOutcome | null> {
  const events = judged.map(({ event_time }) => event_time);
  const [reports, rows] = await Promise.all([feedback.of(instrument, events), outcomes.of(instrument, events)]);
  const reported = new Map(reports.map((one) => [barKeyOf(one), one]));
  const settled = new Map(
    rows.filter((row) => (reported.get(barKeyOf(row))?.source ?? row.source) === row.source).map((row) => [barKeyOf(row), row]),
  );
  const others = judged.filter((one) => !settled.has(keyOf(one)));
  const ends = others.flatMap((one) => [one.event_time, targetEndOf(one)]);
  const closes = ends.length === 0 ? new Map<Instant, KnownClose>() : await predictions.closes(instrument, ends.map(startOf));
  return (one) =>
    settled.get(keyOf(one)) ?? settle(closes.get(startOf(one.event_time)), closes.get(startOf(targetEndOf(one))), reported.get(keyOf(one)));
}

/** The hourly bar that ends then. */
export async function closeAt({ predictions }: ClosePorts, instrument: string, end: Instant): Promise<KnownClose | undefined> {
  return (await predictions.closes(instrument, [startOf(end)])).get(startOf(end));
}

function startOf(end: Instant): Instant {
  return end - BASE_GRANULARITY_MS;
}

function keyOf(one: AboutBar): string {
  return barKeyOf({ event_time: one.event_time, horizon_bars: horizonOf(one) });
}
