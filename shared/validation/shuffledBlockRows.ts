/** Rows of a block at one bar: always the same, so that a training can be repeated. */
const FEWEST = 17;
const HOURS_A_DAY = 24;

/**
 * Rows that stay together when labels are shuffled: at least twice the horizon, so that labels which overlap mostly do, and without a
 * common factor with 24, so that in shuffled order no hour keeps its label: what the hour of the day tells of the next bar is not to be
 * found again. Of pooled rows an hour has one of each of `instruments`, which stay together as far as blocks can have it.
 */
export function shuffledBlockRows(horizon_bars: number, instruments = 1): number {
  let rows = Math.max(FEWEST, 2 * horizon_bars) * instruments;
  while (commonFactor(rows, HOURS_A_DAY * instruments) > 1) rows++;
  return rows;
}

function commonFactor(a: number, b: number): number {
  return b === 0 ? a : commonFactor(b, a % b);
}
