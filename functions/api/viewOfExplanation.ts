import type { ExplanationView } from "../../shared/contracts/predict.ts";
import type { Explanation } from "../../shared/models/explanation.ts";

/** Of a row that many ask about, such as a batch, the view is made once. */
const made = new WeakMap<Explanation, ExplanationView>();

/** Why an answer is what it is, the features that moved it most first. */
export function viewOfExplanation(explanation: Explanation): ExplanationView {
  const view = made.get(explanation) ?? makeView(explanation);
  made.set(explanation, view);
  return view;
}

function makeView({ explained, feature_names, inputs, calibration }: Explanation): ExplanationView {
  if ("reason" in explained) return { margin: null, bias: null, contributions: null, note: explained.reason };
  const contributions = feature_names.map((feature, index) => {
    const value = inputs[index]!;
    return { feature, value: Number.isNaN(value) ? null : value, contribution: explained.contributions[index]! };
  });
  contributions.sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution));
  return { margin: explained.margin, bias: explained.bias, contributions, note: NOTES[calibration] };
}

const SUMS = "In log-odds of raw_prediction: bias and contributions sum to margin.";
const KEPT = "a curve that never falls where raw_prediction rises, the same for all rows; contributions do not cover it.";
const NOTES = {
  none: `${SUMS} prediction is raw_prediction: this model is not calibrated.`,
  platt: `${SUMS} prediction is raw_prediction calibrated (Platt), ${KEPT}`,
  isotonic: `${SUMS} prediction is raw_prediction calibrated (isotonic), ${KEPT}`,
} as const;
