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
