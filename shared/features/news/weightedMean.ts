import { counted } from "../../domain/counted.ts";

/** sum(w x) / sum(w) over the values that are not NaN; null when they have no weight. */
export function weightedMean(values: Float64Array, weights: Float64Array): number | null {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    sum += weights[i]! * value;
    total += weights[i]!;
  }
  return total > 0 ? sum / total : null;
}

/** Share of the weight whose value `counts`; null when there is no weight. */
export function weightedShare(values: Float64Array, weights: Float64Array, counts: (value: number) => boolean): number | null {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (counts(values[i]!)) sum += weights[i]!;
    total += weights[i]!;
  }
  return total > 0 ? sum / total : null;
}

/** The equation of a weighted mean over the articles of so many hours; see newsSeries.ts for what `x` is of each. */
export function meanFormula(x: string, hours: number): string {
  return `sum w x / sum w over the articles of the ${counted(hours, "hour")} before event_time that could be known by then, x = ${x}, w = ${WEIGHT}. Null without articles.`;
}

/** The equation of a share of the weight. */
export function shareFormula(what: string, hours: number): string {
  return `sum w over those with ${what} / sum w, over the articles of the ${counted(hours, "hour")} before event_time that could be known by then, w = ${WEIGHT}. Null without articles.`;
}

const WEIGHT = "exp(-age_hours / 24) x confidence x (relevance of the base + relevance of the quote)";
