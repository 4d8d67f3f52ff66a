import { DAY, HOUR, type Instant, WEEK } from "./instant.ts";
import { atWallTime, wallTime } from "./timeZone.ts";

/**
 * Lengths of the candles that hourly bars are merged into, by OANDA's names where it has them, each a whole multiple of the one before. From
 * the day on they are lengths on New York's clock: over a change of daylight saving one is an hour longer or shorter.
 */
export const CANDLE_STEP_MS = {
  ...{ H1: HOUR, H2: 2 * HOUR, H4: 4 * HOUR, H8: 8 * HOUR, D: DAY },
  ...{ W: WEEK, W2: 2 * WEEK, W4: 4 * WEEK, W8: 8 * WEEK, W16: 16 * WEEK },
} as const;
export type CandleStep = keyof typeof CANDLE_STEP_MS;
export const CANDLE_STEPS = Object.keys(CANDLE_STEP_MS) as [CandleStep, ...CandleStep[]];

/** The trading day and the trading week begin at 17:00 in New York, the week on a Sunday: that of 4 January 1970. */
const ZONE = "America/New_York";
const ORIGIN = 3 * DAY + 17 * HOUR;

/** The number of the candle that a moment lies in, counted from 4 January 1970. Rising with time. */
export function candleNumber(step: CandleStep, instant: Instant): number {
  return Math.floor((wallTime(ZONE, instant) - ORIGIN) / CANDLE_STEP_MS[step]);
}

/** When the candle of that number begins, and so when the one before it ends. */
export function candleStart(step: CandleStep, number: number): Instant {
  return atWallTime(ZONE, ORIGIN + number * CANDLE_STEP_MS[step]);
}
