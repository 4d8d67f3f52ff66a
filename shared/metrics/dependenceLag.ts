/** Bars of a trading day. */
const LONGEST = 24;
/** Rows for each lag at least: with fewer, the estimate of the dependence would be noise. */
const ROWS_A_LAG = 20;
/** Labels over h bars are alike at up to h - 1 rows' distance. Bartlett's weights at that lag see two thirds of it, at three times as much 8 of 9 parts. */
const LAGS_AN_OVERLAP = 3;

/**
 * Newey-West lag for hourly results in a row: a trading day, so that what repeats or lingers within one widens the interval, less where
 * there are fewer than 480 rows; and at least three times the `horizon_bars` - 1 rows over which labels overlap. The rule looks at the number
 * of rows and the horizon alone: a lag chosen from the results could be chosen to suit.
 */
export function dependenceLag(rows: number, horizon_bars: number): number {
  return Math.max(LAGS_AN_OVERLAP * (horizon_bars - 1), Math.min(LONGEST, Math.floor(rows / ROWS_A_LAG)));
}
