/** Bars of a trading day. */
const LONGEST = 24;
/** Rows for each lag at least: with fewer, the estimate of the dependence would be noise. */
const ROWS_A_LAG = 20;

/**
 * Newey-West lag for hourly results in a row: a trading day, so that what repeats or lingers within one widens the interval, less where
 * there are fewer than 480 rows; and never below `horizon_bars` - 1, over which labels overlap. The rule looks at the number of rows
 * alone: a lag chosen from the results could be chosen to suit.
 */
export function dependenceLag(rows: number, horizon_bars: number): number {
  return Math.max(horizon_bars - 1, Math.min(LONGEST, Math.floor(rows / ROWS_A_LAG)));
}
