/** Durations by the bucket that they fell into. */
export interface Durations {
  add(seconds: number): void;
  /** Bounds (the last: "+Inf") with what fell below them and above the one before, where anything did; then all are 0 again. */
  take(): { readonly counts: readonly (readonly [string, number])[]; readonly sum: number };
}

export function createDurations(bounds: readonly number[]): Durations {
  const counts = new Float64Array(bounds.length + 1);
  let sum = 0;
  return {
    add(seconds) {
      let at = 0;
      while (at < bounds.length && seconds > bounds[at]!) at++;
      counts[at]!++;
      sum += seconds;
    },
    take() {
      const taken = Array.from(counts, (count, at) => [String(bounds[at] ?? "+Inf"), count] as const);
      const took = { counts: taken.filter(([, count]) => count > 0), sum };
      counts.fill(0);
      sum = 0;
      return took;
    },
  };
}
