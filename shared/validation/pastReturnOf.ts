/** Bars of the returns among the market's features (shared/features/returns.ts). */
const RETURNS = [1, 5, 10] as const;

/** The feature that momentum goes by at a horizon: the return over the most bars that are not more than the label looks ahead. */
export function pastReturnOf(horizon_bars: number): string {
  return `ret_${RETURNS.findLast((bars) => bars <= horizon_bars) ?? 1}`;
}
