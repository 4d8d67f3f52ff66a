/** The synthetic market whose features are measured: a year of one pair's hourly bars behind the longest look-back, and its legs. */
export const MARKET_YEAR = {
  instrument: "USD_SGD",
  lookback_bars: 722,
  bars: 6_215 + 722,
  start: Date.UTC(2023, 0, 2),
  gap_share: 0.002,
  passes: 7,
} as const;
