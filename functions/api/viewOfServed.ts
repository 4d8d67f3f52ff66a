import type { PredictionSummaryView } from "../../shared/contracts/predictions.ts";
import { toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import { targetEndOf } from "../../shared/monitoring/predictedBar.ts";
import type { KnownOutcome } from "../../shared/monitoring/settle.ts";
import type { PredictionSummary } from "../../shared/ports/predictionReader.ts";

/** An answer as it stands in the log, with what became of it. */
export function viewOfServed(served: PredictionSummary, outcome: KnownOutcome | null): PredictionSummaryView {
  const direction = served.prediction >= 0.5 ? "bullish" : "bearish";
  return {
    prediction_id: served.prediction_id,
    instrument: served.instrument,
    source: served.source,
    prediction: served.prediction,
    direction,
    model_version: `${served.model_name}/${served.model_version}`,
    requested_at: toIso(served.requested_at),
    as_of: toIsoOrNull(served.as_of),
    event_time: toIso(served.event_time),
    target_start: toIso(served.target_start),
    target_end: toIso(targetEndOf(served)),
    outcome: outcome && {
      realized_direction: outcome.realized_direction,
      return_bp: outcome.return_bp,
      was_right: outcome.realized_direction === "flat" ? null : outcome.realized_direction === direction,
      source: outcome.source,
      by_bars: outcome.by_bars,
      known_at: toIso(outcome.known_at),
    },
  };
}
