import { type Instant, SECOND, toIsoOrNull } from "../../shared/domain/instant.ts";

/** From when to when a run, a task or a try was, and how many seconds: null until it has ended. */
export function lifetimeOf({ started_at, ended_at }: { readonly started_at: Instant | null; readonly ended_at: Instant | null }) {
  const duration = started_at === null || ended_at === null ? null : (ended_at - started_at) / SECOND;
  return { start_date: toIsoOrNull(started_at), end_date: toIsoOrNull(ended_at), duration };
}
