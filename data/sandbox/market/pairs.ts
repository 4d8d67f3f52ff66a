import type { Instrument } from "../../../shared/domain/instrument.ts";

/** Hours of the day by which a pair's activity follows. */
export type ActivityProfile = "atlantic" | "pacific";

/** A pair whose price is simulated. Ticks are units of the last quoted decimal (0.00001, or 0.001 for yen). */
export interface DirectPair {
  readonly instrument: Instrument;
  /** Mid at the epoch. */
  readonly start_ticks: number;
  /** Standard deviation of an hourly return, averaged over the day, in basis points. */
  readonly hourly_std_bp: number;
  readonly profile: ActivityProfile;
  /** Median spread outside the roll. */
  readonly spread_ticks: number;
  /** Price ticks a minute at average volatility. */
  readonly ticks_per_minute: number;
}

/** A pair whose mid follows from two direct pairs. */
export interface CrossPair {
  readonly instrument: Instrument;
  readonly legs: readonly [Instrument, Instrument];
  /** Mid of the cross in its ticks, not yet rounded, from the mids of the legs in theirs. */
  readonly combine: (first_ticks: number, second_ticks: number) => number;
  readonly spread_ticks: number;
}

/** Levels and volatilities of the size that real quotes have; the spreads are OANDA's usual ones (USD_SGD 1.9 pips). */
export const DIRECT_PAIRS: readonly DirectPair[] = [
  { instrument: "USD_SGD", start_ticks: 160_000, hourly_std_bp: 6.6, profile: "pacific", spread_ticks: 19, ticks_per_minute: 70 },
  { instrument: "EUR_USD", start_ticks: 115_000, hourly_std_bp: 8, profile: "atlantic", spread_ticks: 14, ticks_per_minute: 60 },
  { instrument: "GBP_USD", start_ticks: 170_000, hourly_std_bp: 9, profile: "atlantic", spread_ticks: 18, ticks_per_minute: 60 },
  { instrument: "USD_JPY", start_ticks: 125_000, hourly_std_bp: 9, profile: "pacific", spread_ticks: 14, ticks_per_minute: 65 },
  { instrument: "AUD_USD", start_ticks: 78_000, hourly_std_bp: 10, profile: "pacific", spread_ticks: 14, ticks_per_minute: 30 },
];

export const CROSS_PAIRS: readonly CrossPair[] = [
  // 1e-5 x 1e-5 per tick of the legs, 1e-5 per tick of the cross.
  { instrument: "EUR_SGD", legs: ["EUR_USD", "USD_SGD"], combine: (eur, sgd) => (eur * sgd) / 100_000, spread_ticks: 30 },
  // (yen x 1e-3) / (sgd x 1e-5), 1e-3 per tick of the cross.
  { instrument: "SGD_JPY", legs: ["USD_JPY", "USD_SGD"], combine: (yen, sgd) => (yen / sgd) * 100_000, spread_ticks: 22 },
];
