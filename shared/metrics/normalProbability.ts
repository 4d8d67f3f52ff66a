/** Beyond this many standard deviations the upper tail is below half a unit in the last place of 1. */
const OUTERMOST = 8.3;

/**
 * P(X <= x) of a standard normal X, good to about 1e-15 absolute: the inverse of normalQuantile.
 *
 *   1/2 + phi(x) (x + x^3/3 + x^5/(3 5) + x^7/(3 5 7) + ...)
 *
 * NaN of NaN. Reference: Abramowitz & Stegun 26.2.11.
 */
export function normalProbability(x: number): number {
  if (x > OUTERMOST) return 1;
  if (x < -OUTERMOST) return 0;
  let [term, sum, before] = [x, x, Number.NaN];
  for (let odd = 3; sum !== before && !Number.isNaN(sum); odd += 2) {
    before = sum;
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
