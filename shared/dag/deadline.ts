import type { Instant } from "../domain/instant.ts";
import type { DagDefinition } from "./dag.ts";

/** When a run that is queued at `now` becomes late; null: never. */
export function deadlineOf({ deadline }: DagDefinition, run_type: string, interval_end: Instant, now: Instant): Instant | null {
  if (!deadline) return null;
  if (deadline.reference === "queued_at") return now + deadline.after_ms;
  return run_type === "scheduled" ? interval_end + deadline.after_ms : null;
}

/** The deadline of a run that is opened again: counted anew, and none where it would be that of an interval long past. */
export function renewedDeadline({ deadline }: DagDefinition, now: Instant): Instant | null {
  return deadline?.reference === "queued_at" ? now + deadline.after_ms : null;
}
