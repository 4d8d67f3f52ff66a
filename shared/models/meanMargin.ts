/**
 * Probability whose log-odds are the mean of those of several models' probabilities, row by row: what the mean model that is kept
 * (gpu-sidecar/xgboost/meanModel.ts) would have said, to the rounding of a float32.
 */
export function meanMargin(predictions: readonly ArrayLike<number>[]): Float64Array {
  const [first] = predictions;
  if (first === undefined) return new Float64Array(0);
  if (predictions.length === 1) return Float64Array.from(first);
  return Float64Array.from(first, (_, row) => {
    const total = predictions.reduce((sum, one) => sum + Math.log(one[row]! / (1 - one[row]!)), 0);
    return 1 / (1 + Math.exp(-total / predictions.length));
  });
}
