/** Points within (0, 1) and their weights, which sum to 1. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** As many as Newton's method ever needs from Tricomi's start, and some. */
const MOST_STEPS = 50;

/**
 * Gauss-Legendre quadrature on [0, 1]: the integral of every polynomial of degree up to 2 count - 1 is the weighted sum of its values at
 * `count` points. Points are the roots of the Legendre polynomial of that degree, by Newton's method.
 * Reference: Abramowitz and Stegun, Handbook of Mathematical Functions, 25.4.29 and 22.16.6 (the start).
 */
export function gaussLegendre(count: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    let x = Math.cos((Math.PI * (index + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < MOST_STEPS; step++) {
      const legendre = legendreAt(count, x);
      slope = legendre.slope;
      const change = legendre.value / slope;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    points[index] = (1 + x) / 2;
    weights[index] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

/** Bonnet's recurrence: n P_n(x) = (2n - 1) x P_(n-1)(x) - (n - 1) P_(n-2)(x). */
function legendreAt(degree: number, x: number): { readonly value: number; readonly slope: number } {
  let [before, value] = [1, x];
  for (let n = 2; n <= degree; n++) [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) };
}
