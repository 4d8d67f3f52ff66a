import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { barEndAfter } from "../../shared/domain/lateness.ts";
import { SERVED_HORIZON } from "../../shared/labels/horizon.ts";
import { readModelName } from "../../shared/models/modelName.ts";
import { type Settled, settleByBars } from "../../shared/monitoring/settle.ts";
import type { PredictionReader, PredictionSummary } from "../../shared/ports/predictionReader.ts";

type Judged = Pick<PredictionSummary, "model_name" | "event_time">;

export interface KnownOutcome extends Settled {
  /** bars, or who reported it. */
  readonly source: string;
}

/** End of the last bar that a prediction is about, by the horizon of its model. */
export function targetEndOf({ model_name, event_time }: Judged): Instant {
  return barEndAfter(event_time, BASE_GRANULARITY, readModelName(model_name)?.horizon_bars ?? SERVED_HORIZON);
}

/** What became of predictions of one instrument, as far as it is known now; null: open. */
export async function outcomesFor(
  { predictions }: { readonly predictions: Pick<PredictionReader, "closes"> },
  instrument: string,
  judged: readonly Judged[],
): Promise<(one: Judged) => KnownOutcome | null> {
  const starts = judged.flatMap((one) => [one.event_time - BASE_GRANULARITY_MS, targetEndOf(one) - BASE_GRANULARITY_MS]);
  const closes = await predictions.closes(instrument, starts);
  return (one) => {
    const settled = settleByBars(closes.get(one.event_time - BASE_GRANULARITY_MS), closes.get(targetEndOf(one) - BASE_GRANULARITY_MS));
    return settled && { ...settled, source: "bars" };
  };
}
