import { type Instant, parseInstant } from "../domain/instant.ts";

/** What a raw candle says of itself. The rest of it is judged when it is made a bar. */

/** Start of the bar; null where it cannot be read. */
export function startOfCandle(candle: unknown): Instant | null {
  const time = candle !== null && typeof candle === "object" ? (candle as { time?: unknown }).time : null;
  return typeof time === "string" ? parseInstant(time) : null;
}

/** True of a bar that is still in progress: it says so, and nothing of it is final. */
export function isInProgress(candle: unknown): boolean {
  return candle !== null && typeof candle === "object" && (candle as { complete?: unknown }).complete === false;
}
