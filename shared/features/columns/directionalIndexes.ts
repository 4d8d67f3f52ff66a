import { sumOfRange } from "../stats.ts";
import type { Decay } from "./decayedSums.ts";
import { inLanes, padded } from "./lanes.ts";

const LANES = 4;

/**
 * Wilder's directional index over a finite memory, at every bar: the average of DX = 100 |P - M| / (P + M) since P and M, the averages of
 * the directional movements `plus` and `minus`, have their first value in it. `decay` is how all three run; `plus` and `minus` are divided
 * by the period already. NaN before there are `memory` movements.
 *
 * |P - M| / (P + M) is not linear, so there is no short cut: each bar's averages are walked from the beginning of its memory.
 */
export function directionalIndexes(plus: Float64Array, minus: Float64Array, decay: Decay): Float64Array {
  const [ups, downs] = [padded(plus, LANES), padded(minus, LANES)];
  return inLanes(plus.length, decay.memory, LANES, (from, out) => walk(ups, downs, from, decay, out));
}

function walk(plus: Float64Array, minus: Float64Array, from: number, { keep, plain, memory }: Decay, out: Float64Array): void {
  const begin = from + plain;
  let [p0, p1, p2, p3] = [seed(plus, from, plain), seed(plus, from + 1, plain), seed(plus, from + 2, plain), seed(plus, from + 3, plain)];
  let [m0, m1, m2, m3] = [
    seed(minus, from, plain),
    seed(minus, from + 1, plain),
    seed(minus, from + 2, plain),
    seed(minus, from + 3, plain),
  ];
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let step = 0; step <= memory - plain; step++) {
    if (step > 0) {
      const i = begin + step - 1;
      p0 = p0 * keep + plus[i]!;
      p1 = p1 * keep + plus[i + 1]!;
      p2 = p2 * keep + plus[i + 2]!;
      p3 = p3 * keep + plus[i + 3]!;
      m0 = m0 * keep + minus[i]!;
      m1 = m1 * keep + minus[i + 1]!;
      m2 = m2 * keep + minus[i + 2]!;
      m3 = m3 * keep + minus[i + 3]!;
    }
    const kept = step < plain ? 1 : keep;
    a = a * kept + indexOf(p0, m0) / plain;
    b = b * kept + indexOf(p1, m1) / plain;
    c = c * kept + indexOf(p2, m2) / plain;
    d = d * kept + indexOf(p3, m3) / plain;
  }
  out.set([a, b, c, d]);
}

function seed(movements: Float64Array, from: number, plain: number): number {
  return sumOfRange(movements, from, from + plain);
}

/** DX: 0 where neither side moved, which is no direction. */
export function indexOf(plus: number, minus: number): number {
  const total = plus + minus;
  return total === 0 ? 0 : (100 * Math.abs(plus - minus)) / total;
}
