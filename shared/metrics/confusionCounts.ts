import { RISE_THRESHOLD } from "./accuracy.ts";

/** How often each direction was said, and how often each came: rows, which add up to all. */
export interface ConfusionCounts {
  readonly said_rise_came_rise: number;
  readonly said_rise_came_no_rise: number;
  readonly said_no_rise_came_rise: number;
  readonly said_no_rise_came_no_rise: number;
}

/**
 * A rise is said from a probability of 1/2 on, as /predict says it.
 * @param y 1: it rose; @param p probability of a rise, of the same rows
 */
export function confusionCounts(y: ArrayLike<number>, p: ArrayLike<number>): ConfusionCounts {
  const counts = { said_rise_came_rise: 0, said_rise_came_no_rise: 0, said_no_rise_came_rise: 0, said_no_rise_came_no_rise: 0 };
  for (let row = 0; row < y.length; row++) {
    const said = p[row]! >= RISE_THRESHOLD ? "said_rise" : "said_no_rise";
    counts[`${said}_${y[row] === 1 ? "came_rise" : "came_no_rise"}`]++;
  }
  return counts;
}
