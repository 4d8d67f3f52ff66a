import { type Instant, SECOND } from "../../shared/domain/instant.ts";

/** Retry-After, in seconds or as a date, as milliseconds from `now`; null when it is absent or says nothing. Without `now`, a date says nothing. */
export function retryAfterMs(headers: Headers, now: Instant | null): number | null {
  const value = headers.get("retry-after")?.trim();
  if (!value) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * SECOND);
  const date = Date.parse(value);
  return Number.isNaN(date) || now === null ? null : Math.max(0, date - now);
}
