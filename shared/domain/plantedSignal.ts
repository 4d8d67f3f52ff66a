/**
 * The signal that the sandbox plants, and the best accuracy that a forecaster can reach on it: one who knows everything,
 * and one who sees the market only.
 *
 * News events: in every hour, each of the six currencies has one with probability NEWS_EVENT_RATE, at a random second, for
 * or against the currency with probability 1/2. An event published within hour k governs the hours k + 2 to k + 9: from the
 * second full hour after it on. It governs every directly simulated pair that has its currency as a leg; of several, the
 * newest. With s_t the sign of the close-to-close return of a pair's t-th traded bar:
 *
 *   governed by an event:  P(s_{t+1} = the event's direction) = q
 *   otherwise:             P(s_{t+1} = -s_t)                  = q,     q = (1 + signal) / 2,   signal in [0, 1]
 *
 * drawn independently of the size of every move, of volume, spread, hour and of the other pairs. So in every hour one sign
 * is likelier, and known to whoever knows the news and the last move.
 */

/** Probability that a currency has a news event in an hour: 4.5 events a day over six currencies. */
export const NEWS_EVENT_RATE = 1 / 32;
/** Whole hours from the hour of an event's publication to the first hour that it governs: time for every site to report it. */
export const NEWS_LEAD_HOURS = 2;
/** Hours that an event governs. */
export const NEWS_ACTIVE_HOURS = 8;
/** Directly simulated pairs. All have the dollar as a leg, so a dollar event shows in all of them. */
const DOLLAR_PAIRS = 5;

/** Probability that the likelier sign of an hour comes. */
export function likelierSignProbability(signal: number): number {
  return 0.5 + signal / 2;
}

/**
 * Best possible accuracy for the direction of the next bar of a directly simulated pair, news and market known:
 * `0.5 + signal / 2`. 0 gives 50 % (pure noise), 0.2 gives 60 %, 1 gives 100 %.
 */
export function optimalAccuracy(signal: number): number {
  return likelierSignProbability(signal);
}

/** Share of a direct pair's hours that an event governs: `1 - (1 - rate)^(2 x 8)`, 39.8 %. */
export function newsActiveShare(): number {
  return 1 - (1 - NEWS_EVENT_RATE) ** (2 * NEWS_ACTIVE_HOURS);
}

/** Probability that the newest governing event of an hour was published `age` hours before the newest that could govern it. */
function newestAtAge(age: number): number {
  const none = (1 - NEWS_EVENT_RATE) ** 2;
  return (1 - none) * none ** age;
}

/**
 * Bounds on the best possible accuracy on a direct pair for a forecaster who sees the market only. With a the active share
 * and r = 1 - (1 - rate)^2 the share of hours that are an event's first:
 *
 * - lower: "the opposite of the last move" hits q of the hours without an event, half of an event's first hours, and in its
 *   later ones q(1-q) + (1-q)q = (1 - signal^2)/2, so `1/2 + (1 - a) signal/2 - (a - r) signal^2/2`. (After a weekend more
 *   hours are first ones, and the rule hits a little more.)
 * - upper: who is told which hours are governed and by which event, but not its direction, can take the majority of the n
 *   signs that it has governed so far. In its hour of age j these are j for an event of the other currency, 5 j for one of
 *   the dollar; a majority is right with probability P_n = P(B(n, q) > n/2) + P(B(n, q) = n/2)/2, and so is the forecast
 *   with q P_n + (1 - q)(1 - P_n).
 */
export function marketOnlyBounds(signal: number): { readonly lower: number; readonly upper: number } {
  const q = likelierSignProbability(signal);
  const active = newsActiveShare();
  const lower = 0.5 + ((1 - active) * signal) / 2 - ((active - newestAtAge(0)) * signal ** 2) / 2;
  let upper = (1 - active) * q;
  for (let age = 0; age < NEWS_ACTIVE_HOURS; age++) {
    const right = (majorityIsRight(age, q) + majorityIsRight(age * DOLLAR_PAIRS, q)) / 2;
    upper += newestAtAge(age) * (q * right + (1 - q) * (1 - right));
  }
  return { lower, upper };
}

/** P(B(n, q) > n/2) + P(B(n, q) = n/2)/2. */
function majorityIsRight(n: number, q: number): number {
  let probability = 0;
  let choose = 1;
  for (let hits = 0; hits <= n; hits++) {
    const weight = 2 * hits > n ? 1 : 2 * hits === n ? 0.5 : 0;
    probability += weight * choose * q ** hits * (1 - q) ** (n - hits);
    choose = (choose * (n - hits)) / (hits + 1);
  }
  return probability;
}

/**
 * Bounds on the best possible accuracy for a cross (EUR_SGD, SGD_JPY), whose move is e1 m1 + e2 m2: two signs e1, e2, each
 * with its likelier value d1, d2 and drawn independently given these, and two sizes.
 *
 * - d1 = d2: P(hit) = q^2 + q(1-q) (P(m1 > m2) + P(m2 > m1)) = q
 * - d1 = -d2: follow the leg with the larger expected size, p = P(its size is larger) >= 1/2:
 *   P(hit) = q^2 p + q(1-q) + (1-q)^2 (1-p) = 1/2 + (p - 1/2) signal
 *
 * A dollar event sets d1 = -d2, for the dollar cancels out of a cross; in all other hours the two agree in half. With the
 * share x of hours that a dollar event can govern, `1 - (1 - rate)^8`, best is at least `1/2 + (1 - x) signal/4`, and at
 * most `1/2 + signal/2`. For the sandbox's Rayleigh sizes with scales a >= b, p = a^2 / (a^2 + b^2). Bars whose close equals
 * the last one after rounding have no direction and count in none of this.
 */
export function crossAccuracyBounds(signal: number): { readonly lower: number; readonly upper: number } {
  const dollar_share = 1 - (1 - NEWS_EVENT_RATE) ** NEWS_ACTIVE_HOURS;
  return { lower: 0.5 + ((1 - dollar_share) * signal) / 4, upper: 0.5 + signal / 2 };
}

/**
 * The same for a forecaster who sees the market only. Lower: guess both legs by their reversal, which gains g each
 * (`marketOnlyBounds`); where the guesses agree, as in half of the hours, the gain of the cross is the mean of the legs',
 * where they disagree it is 0 at least: `1/2 + g/2`. Upper: that of one leg.
 */
export function crossMarketOnlyBounds(signal: number): { readonly lower: number; readonly upper: number } {
  const { lower, upper } = marketOnlyBounds(signal);
  return { lower: 0.5 + (lower - 0.5) / 2, upper };
}
