export interface ParityResult {
  readonly rows: number;
  readonly mismatches: number;
  /** Largest absolute difference, for the report; 0 when every row agrees. NaN counts as 1, the most that two probabilities can differ. */
  readonly largest_difference: number;
}

/** Compares two evaluators' probabilities as float32, bit for bit: equal means the same float32, not "close". */
export function compareParity(expected: ArrayLike<number>, actual: ArrayLike<number>): ParityResult {
  if (expected.length !== actual.length) {
    throw new RangeError(`parity needs as many expected rows (${expected.length}) as actual ones (${actual.length})`);
  }
  let mismatches = 0;
  let largest_difference = 0;
  for (let row = 0; row < expected.length; row++) {
    const a = Math.fround(expected[row]!);
    const b = Math.fround(actual[row]!);
    if (Object.is(a, b)) continue;
    mismatches++;
    const difference = Math.abs(a - b);
    largest_difference = Math.max(largest_difference, Number.isNaN(difference) ? 1 : difference);
  }
  return { rows: expected.length, mismatches, largest_difference };
}
