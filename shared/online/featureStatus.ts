import type { Instant } from "../domain/instant.ts";
import { isWithinTtl } from "../features/isWithinTtl.ts";
import type { ViewSchema } from "../features/viewSchema.ts";
import type { OnlineRow } from "../ports/onlineStore.ts";

/** Feast's words for what a value is, of those that are said here. */
export const FEATURE_STATUSES = ["PRESENT", "NULL_VALUE", "NOT_FOUND", "OUTSIDE_MAX_AGE"] as const;
export type FeatureStatus = (typeof FEATURE_STATUSES)[number];

/** Whether a row that is older than its time to live is withheld, or served as Feast does. */
export const ONLINE_TTL_MODES = ["enforced", "ignored"] as const;
export type OnlineTtlMode = (typeof ONLINE_TTL_MODES)[number];

/** What is to be said of each value of a row that is not null: it is there, too old, or the row is missing. */
export function statusOfRow(row: OnlineRow | null, view: ViewSchema, now: Instant, mode: OnlineTtlMode): FeatureStatus {
  if (row === null) return "NOT_FOUND";
  return mode === "ignored" || isWithinTtl(row.event_time, now, view) ? "PRESENT" : "OUTSIDE_MAX_AGE";
}
