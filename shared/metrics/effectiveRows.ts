/**
 * How many independent rows as many overlapping labels are worth at least: neighbours of labels over `horizon_bars` bars share all but one
 * of these, so that the mean of anything that looks at them varies up to `horizon_bars` times as much,
 *
 *   1 + 2 sum_{k=1..h-1} (1 - k/h) = h,
 *
 * and less where predictions change from row to row. For intervals of shares and ranks, which know no lag; it may have a fraction.
 * Reference: Hansen & Hodrick 1980, Journal of Political Economy 88(5), on overlapping forecasts.
 */
export function effectiveRows(rows: number, horizon_bars: number): number {
  return rows / horizon_bars;
}
