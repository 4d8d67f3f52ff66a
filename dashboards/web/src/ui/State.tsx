import type { ComponentChildren } from "preact";
import type { Tone } from "./tone.ts";

export type { Tone } from "./tone.ts";

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

/** A state as text with a sign and a colour. `children` is said in place of the state's own word. */
export function State({
  state,
  tone,
  children,
}: {
  readonly state?: string | null;
  readonly tone?: Tone;
  readonly children?: ComponentChildren;
}) {
  const shown = tone ?? toneOf(state);
  return (
    <span class={`state state-${shown}`}>
      <span aria-hidden="true" class="state-sign">
        {SIGNS[shown]}
      </span>
      {children ?? (state ?? "no status").replaceAll("_", " ")}
    </span>
  );
}
