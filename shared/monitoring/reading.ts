import type { Instant } from "../domain/instant.ts";

/** What is watched, in the order in which people read it. */
export const CHECKS = ["freshness", "quality", "features", "drift", "performance", "business", "infrastructure"] as const;
export type Check = (typeof CHECKS)[number];

/** From good to bad, as a whole is as bad as its worst part. Unknown is worse than ok: nobody may take it for that. */
export const READING_STATUSES = ["ok", "unknown", "warning", "breach"] as const;
export type ReadingStatus = (typeof READING_STATUSES)[number];

/** One number of one check, as a run of the monitoring DAG found it. */
export interface Reading {
  readonly check: Check;
  /** Instrument, model, news source, component; "" for the whole. */
  readonly subject: string;
  readonly metric: string;
  /** End of the run's data interval, never the wall clock: a step that is repeated writes the same row. */
  readonly measured_at: Instant;
  /** Null: not measurable, and details.reason says why. */
  readonly value: number | null;
  /** Ends of the 95 % interval, where one is defined. */
  readonly low: number | null;
  readonly high: number | null;
  /** Observations behind the value. */
  readonly n: number | null;
  /** The limit that decided the status; of an ok reading, the nearest one. Null where nothing is judged. */
  readonly threshold: number | null;
  readonly status: ReadingStatus;
  readonly details: Readonly<Record<string, unknown>>;
}

export type ReadingKey = Pick<Reading, "check" | "subject" | "metric">;

/** Names a reading over all runs, and its alert. */
export function fingerprintOf({ check, subject, metric }: ReadingKey): string {
  return `${check}/${subject}/${metric}`;
}

export function worstStatus(statuses: Iterable<ReadingStatus>): ReadingStatus | null {
  let worst = -1;
  for (const status of statuses) worst = Math.max(worst, READING_STATUSES.indexOf(status));
  return READING_STATUSES[worst] ?? null;
}

/** How many readings there are of each status. */
export function countStatuses(readings: readonly Pick<Reading, "status">[]): Record<ReadingStatus, number> {
  const counts = { ok: 0, unknown: 0, warning: 0, breach: 0 };
  for (const { status } of readings) counts[status]++;
  return counts;
}
