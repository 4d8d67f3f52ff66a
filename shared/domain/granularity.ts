import { HOUR, type Instant, MINUTE } from "./instant.ts";

/**
 * Bar lengths that the platform stores: those of fixed length, aligned to the UTC hour and minute. Longer candles
 * (H2 and up) are aligned at 17:00 New York by OANDA and change length with daylight saving.
 */
export const GRANULARITY_MS = { M1: MINUTE, M5: 5 * MINUTE, M15: 15 * MINUTE, M30: 30 * MINUTE, H1: HOUR } as const;
export type Granularity = keyof typeof GRANULARITY_MS;

/** The bar length of every feature, label and model. */
export const BASE_GRANULARITY = "H1" satisfies Granularity;
export const BASE_GRANULARITY_MS = GRANULARITY_MS[BASE_GRANULARITY];

/** True when a bar of this granularity may start here. */
export function isOnGrid(start: Instant, granularity: Granularity): boolean {
  return start % GRANULARITY_MS[granularity] === 0;
}
