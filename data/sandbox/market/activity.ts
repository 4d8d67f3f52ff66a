import type { ActivityProfile } from "./pairs.ts";

/**
 * What an hour of the New York day (0 to 23) does to a market. New York's clock is the one that the trading day is cut by,
 * so the pattern moves with its daylight saving, as the real one does. The numbers are stylised: London opens at 3, New
 * York at 8, both overlap until 12; Tokyo opens at 19 or 20 and Singapore an hour later; the roll is at 17.
 */

const RAW_PROFILES: Readonly<Record<ActivityProfile, readonly number[]>> = {
  atlantic: [
    0.55, 0.65, 0.95, 1.25, 1.2, 1.05, 1.0, 1.1, 1.4, 1.5, 1.5, 1.3, 1.0, 0.85, 0.85, 0.7, 0.5, 0.4, 0.45, 0.6, 0.75, 0.7, 0.6, 0.5,
  ],
  pacific: [
    0.8, 0.95, 1.15, 1.15, 1.0, 0.9, 0.9, 1.0, 1.3, 1.4, 1.35, 1.1, 0.85, 0.8, 0.75, 0.65, 0.55, 0.5, 0.65, 0.95, 1.25, 1.2, 1.0, 0.85,
  ],
};

/** Scales a pattern so that its mean square is 1: the average hour keeps the pair's own variance. */
function normalised(weights: readonly number[]): readonly number[] {
  const meanSquare = weights.reduce((sum, weight) => sum + weight * weight, 0) / weights.length;
  return weights.map((weight) => weight / Math.sqrt(meanSquare));
}

/** Volatility of each New York hour relative to the pair's average. */
export const VOLATILITY_BY_HOUR: Readonly<Record<ActivityProfile, readonly number[]>> = {
  atlantic: normalised(RAW_PROFILES.atlantic),
  pacific: normalised(RAW_PROFILES.pacific),
};

function byHour(usual: number, exceptions: Readonly<Record<number, number>>): readonly number[] {
  return Array.from({ length: 24 }, (_, hour) => exceptions[hour] ?? usual);
}

/** Spread relative to the pair's usual one: 5- to 8-fold around the roll (design/features.md). */
export const SPREAD_BY_HOUR = byHour(1, { 16: 5, 17: 7.5, 18: 2.5 });
/** Probability that an instrument does not trade for a whole hour. */
export const MISSING_HOUR_BY_HOUR = byHour(0.001, { 16: 0.004, 17: 0.02, 18: 0.006 });
/** Probability that it does not trade for a minute. */
export const MISSING_MINUTE_BY_HOUR = byHour(0.004, { 16: 0.05, 17: 0.2, 18: 0.06 });
