import { normalQuantile } from "./normalQuantile.ts";

/** Probability beyond either end of a two-sided 95 % interval. */
const TAIL_95 = 0.025;

/**
 * How many standard errors a one-sided bound at level `tail` stands from the estimate: the normal quantile for independent terms, and for
 * a Newey-West standard error of `lag` the Student t quantile with
 *
 *   nu = 1.5 n / (lag + 1)
 *
 * degrees of freedom, which is what Bartlett's weights leave of n terms: with a longer lag the standard error itself is less sure, and a
 * normal quantile would promise too much. The t quantile by its expansion around the normal one, good to 1 % from nu = 4 on.
 * References: Kiefer & Vogelsang 2005, Econometric Theory 21(6); Sun 2014, Journal of Econometrics 178(3), for the t approximation;
 * Abramowitz & Stegun 26.7.5 for the expansion.
 */
export function criticalValue(terms: number, lag: number, tail = TAIL_95): number {
  const z = normalQuantile(1 - tail);
  if (lag === 0) return z;
  const nu = (1.5 * terms) / (lag + 1);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  return z + first / nu + second / nu ** 2;
}
