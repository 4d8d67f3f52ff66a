import { type Instant, MINUTE, SECOND, toIso, toIsoOrNull } from "../domain/instant.ts";
import type { ServedClose } from "../ports/monitorStore.ts";

/** Closes behind one figure: a day of the market. One slow close among them is an accident, and a second one is not. */
const CLOSES = 24;
/** A row that is not served yet is on its way for so long, and counts from then on with the time that it has taken so far. */
const ON_ITS_WAY_MS = 1.25 * MINUTE;

export interface ServedLag {
  /** 95th percentile (nearest rank) in seconds; null without a close. */
  readonly p95_s: number | null;
  readonly n: number;
  readonly details: Readonly<Record<string, unknown>>;
}

/** How long rows took to be served, since `since` of each close, over the newest closes of one instrument (ascending) as known at `at`. */
export function servedLag(closes: readonly ServedClose[], at: Instant, since: (close: ServedClose) => Instant): ServedLag {
  const counted = closes.filter(({ close, served_at }) => served_at !== null || at - close > ON_ITS_WAY_MS).slice(-CLOSES);
  const lags_s = counted.map((close) => Math.max(0, (close.served_at ?? at) - since(close)) / SECOND).toSorted((a, b) => a - b);
  const newest = counted.at(-1);
  if (newest === undefined) return { p95_s: null, n: 0, details: {} };
  return {
    p95_s: percentile(lags_s, 0.95),
    n: lags_s.length,
    details: {
      p50_s: percentile(lags_s, 0.5),
      max_s: lags_s.at(-1),
      newest_close: toIso(newest.close),
      newest_served_at: toIsoOrNull(newest.served_at),
    },
  };
}

/** The smallest value that this share of them does not exceed. */
function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)]!;
}
