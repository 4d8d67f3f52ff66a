/** With fewer trades the mean move, which the spread is held against, is mostly chance. */
const FEWEST_TRADES = 20;

interface Traded {
  readonly trades: number;
  readonly break_even_accuracy: number | null;
}

/** What is said of a break-even accuracy that is no share. */
export const BREAK_EVEN_SAID = {
  never: "not even being right every time would pay the spread",
  too_few: "too few trades to say how often they must be right to pay the spread",
} as const;

/**
 * The share of directions that must be right for the spread to be earned, of one. never: the mean move is smaller than the spread, so that
 * the share would be above 1. too_few: so few trades tell nothing.
 */
export function breakEvenPoint({ trades, break_even_accuracy }: Traded): number | keyof typeof BREAK_EVEN_SAID {
  if (trades < FEWEST_TRADES || break_even_accuracy === null) return "too_few";
  return break_even_accuracy > 1 ? "never" : break_even_accuracy;
}
