/** What a colour means, with a sign of its own for those who see none: never by colour alone. */
export type Tone = "good" | "warn" | "bad" | "run" | "wait" | "none";

const SIGNS: Readonly<Record<Tone, string>> = { good: "✓", warn: "!", bad: "✕", run: "▶", wait: "…", none: "–" };

/** States of runs and tasks (Airflow's words), readings, alerts and components. */
const TONES: Readonly<Record<string, Tone>> = {
  ...{ success: "good", ok: "good", healthy: "good", resolved: "good", pass: "good", passed: "good", fresh: "good" },
  ...{ running: "run", up_for_retry: "warn", up_for_reschedule: "warn", restarting: "warn", deferred: "wait", suspended: "wait" },
  ...{ queued: "wait", scheduled: "wait", pending: "wait", removed: "none", skipped: "none", unknown: "none", no_status: "none" },
  ...{ failed: "bad", upstream_failed: "bad", firing: "bad", critical: "bad", down: "bad", error: "bad", fail: "bad", breach: "bad" },
  ...{ warning: "warn", degraded: "warn", stale: "warn", missing: "warn", cancelled: "none" },
};

export function toneOf(state: string | null | undefined): Tone {
  return TONES[state ?? "no_status"] ?? "none";
}

export function signOf(tone: Tone): string {
  return SIGNS[tone];
}
