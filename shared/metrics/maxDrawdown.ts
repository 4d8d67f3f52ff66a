/** Largest fall of the running sum from its highest point so far, the start among them. In the unit of the values, >= 0. */
export function maxDrawdown(returns: ArrayLike<number>): number {
  let [sum, peak, worst] = [0, 0, 0];
  for (let i = 0; i < returns.length; i++) {
    sum += returns[i]!;
    peak = Math.max(peak, sum);
    worst = Math.max(worst, peak - sum);
  }
  return worst;
}
