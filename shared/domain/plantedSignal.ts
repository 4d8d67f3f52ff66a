/**
 * The signal that the sandbox plants, and the best accuracy that any forecaster can reach on it.
 *
 * For each directly simulated pair, with s_t the sign of the close-to-close return of its t-th traded bar:
 *
 *   P(s_{t+1} = -s_t) = (1 + signal) / 2,   signal in [0, 1]
 *
 * drawn independently of the size of every move, of volume, spread, hour and of the other pairs. So s_t is the whole
 * information on s_{t+1}, and "the opposite of the last move" is the best forecast there is.
 */

/** Probability that the next bar's move is opposite to the last one. */
export function reversalProbability(signal: number): number {
  return 0.5 + signal / 2;
}

/**
 * Best possible accuracy for the direction of the next bar of a directly simulated pair: `0.5 + signal / 2`.
 * 0 gives 50 % (pure noise), 0.2 gives 60 %, 1 gives 100 %.
 */
export function optimalAccuracy(signal: number): number {
  return reversalProbability(signal);
}

/**
 * Bounds on the best possible accuracy for a cross (EUR_SGD, SGD_JPY), whose move is e1 m1 + e2 m2: two independent signs
 * e1, e2 and two sizes. With q = (1 + signal)/2 and d1, d2 the legs' likelier signs:
 *
 * - d1 = d2 (half of the bars): P(hit) = q^2 + q(1-q) (P(m1 > m2) + P(m2 > m1)) = q
 * - d1 = -d2: follow the leg with the larger expected size, p = P(its size is larger) >= 1/2:
 *   P(hit) = q^2 p + q(1-q) + (1-q)^2 (1-p) = 1/2 + (p - 1/2) signal
 *
 * Hence best = 1/2 + signal/4 + (signal/2) E(p - 1/2), and E(p - 1/2) lies in [0, 1/2]. For the sandbox's Rayleigh sizes
 * with scales a >= b, p = a^2 / (a^2 + b^2). Bars whose close equals the last one after rounding have no direction and
 * count in none of this.
 */
export function crossAccuracyBounds(signal: number): { readonly lower: number; readonly upper: number } {
  return { lower: 0.5 + signal / 4, upper: 0.5 + signal / 2 };
}
