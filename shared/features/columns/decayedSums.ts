import { inLanes, padded } from "./lanes.ts";

/** A recursive average over a finite memory, up to what its sum is divided by. */
export interface Decay {
  /** What a step leaves of the sum before it. */
  readonly keep: number;
  /** Values at the beginning of the memory that are summed as they are. */
  readonly plain: number;
  /** Values that the sum goes over. At each bar it begins anew, so that a row never depends on where the history began. */
  readonly memory: number;
}

const LANES = 8;

/**
 * At every bar, over its last `memory` values from the oldest on: s = s + v for the first `plain` of them, then s = s keep + v.
 * NaN before there are as many.
 */
export function decayedSums(values: Float64Array, decay: Decay): Float64Array {
  const input = padded(values, LANES);
  return inLanes(values.length, decay.memory, LANES, (from, out) => walk(input, from, decay, out));
}

function walk(values: Float64Array, from: number, { keep, plain, memory }: Decay, out: Float64Array): void {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = from; i < from + memory; i++) {
    // Times 1 is exact.
    const kept = i < from + plain ? 1 : keep;
    a = a * kept + values[i]!;
    b = b * kept + values[i + 1]!;
    c = c * kept + values[i + 2]!;
    d = d * kept + values[i + 3]!;
    e = e * kept + values[i + 4]!;
    f = f * kept + values[i + 5]!;
    g = g * kept + values[i + 6]!;
    h = h * kept + values[i + 7]!;
  }
  out.set([a, b, c, d, e, f, g, h]);
}
