import { AppError } from "../../shared/errors.ts";
import { LABELS, type Label } from "./promptText.ts";

/** What the model gives for the one token that would come next. */
export interface NextToken {
  /** Of the three labels, and of the likeliest token. */
  readonly logits: ReadonlyMap<number, number>;
  /** Sum over the whole vocabulary of exp(logit - largest logit). */
  readonly total_weight: number;
}

export interface LabelReading {
  readonly sentiment_score: number;
  readonly probabilities: Readonly<Record<Label, number>>;
  readonly confidence: number;
  readonly label_mass: number;
}

/**
 * p(label) = exp(logit - max) / total is what the model gives a label among all tokens; their sum is the label mass. Among the three,
 * q = p / mass. Score = q(positive) - q(negative). Confidence = (1 - H(q) / ln 3) x min(1, mass), H the entropy: 0 where the
 * model cannot tell or does not understand the question, 1 where it is sure of one label.
 */
export function readLabels({ logits, total_weight }: NextToken, ids: Readonly<Record<Label, number>>): LabelReading {
  const largest = Math.max(...logits.values());
  const values = LABELS.map((label) => logits.get(ids[label]) ?? Number.NaN);
  const best = Math.max(...values);
  const weights = values.map((value) => Math.exp(value - best));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const label_mass = (sum * Math.exp(best - largest)) / total_weight;
  const [positive = Number.NaN, neutral = Number.NaN, negative = Number.NaN] = weights.map((weight) => weight / sum);
  if (![positive, neutral, negative, label_mass].every(Number.isFinite)) {
    throw new AppError("invalid_model", `the model's logits of the labels are not finite: ${values.join(", ")}`);
  }
  const entropy = [positive, neutral, negative].reduce((total, share) => total - (share > 0 ? share * Math.log(share) : 0), 0);
  const certainty = Math.min(1, Math.max(0, 1 - entropy / Math.log(LABELS.length)));
  return {
    sentiment_score: positive - negative,
    probabilities: { positive, neutral, negative },
    confidence: certainty * Math.min(1, label_mass),
    label_mass,
  };
}
