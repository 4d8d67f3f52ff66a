import { RISE_THRESHOLD } from "../metrics/accuracy.ts";

/** 1: buy, -1: sell, 0: stay out. */
export type Position = 1 | 0 | -1;

/** Probabilities of a rise beyond which a trade is made: what lies between the two is too unsure to pay a spread for. */
export interface TradingRule {
  readonly long_above: number;
  /** At most `long_above`. */
  readonly short_below: number;
}

/** The rule of the original system. The probabilities of honest models seldom reach it. */
export const CAUTIOUS_RULE: TradingRule = { long_above: 0.6, short_below: 0.4 };

/** Bought above `long_above`, sold below `short_below`; a probability of exactly a limit is not beyond it. */
export function positionBy({ long_above, short_below }: TradingRule, probability: number): Position {
  if (probability > long_above) return 1;
  return probability < short_below ? -1 : 0;
}

/** Every row in the direction that /predict says. */
export function positionOfDirection(probability: number): Position {
  return probability >= RISE_THRESHOLD ? 1 : -1;
}
