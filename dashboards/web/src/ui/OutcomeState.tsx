import type { PredictionSummaryView } from "../../../../shared/contracts/predictions.ts";
import { State } from "./State.tsx";

/** What became of a prediction, in a word. */
export function OutcomeState({ outcome }: Pick<PredictionSummaryView, "outcome">) {
  if (outcome === null) return <State tone="wait">open</State>;
  if (outcome.was_right === null) return <State tone="none">flat</State>;
  return <State tone={outcome.was_right ? "good" : "bad"}>{outcome.was_right ? "right" : "wrong"}</State>;
}
