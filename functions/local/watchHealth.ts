import type { PartHealth } from "./part.ts";
import { askHealth } from "./waitForHealth.ts";

export interface WatchTerms {
  /** Between two questions. What they have brought is judged more often. */
  readonly period_ms: number;
  /** A closed port does not open again by itself. */
  readonly refused_for_ms: number;
  /** A Worker may be busy with a slice of 30 s of CPU on a crowded machine; beyond this it hangs. */
  readonly silent_for_ms: number;
  /**
   * Once a process of the part has ended, silence is no work any more: wrangler answers within 4 s of the end of its runtime, and never
   * again after the end of its front, whose successor holds every request back.
   */
  readonly bereft_for_ms: number;
}

const JUDGED_A_PERIOD = 5;

const TERMS: WatchTerms = { period_ms: 5_000, refused_for_ms: 15_000, silent_for_ms: 120_000, bereft_for_ms: 10_000 };

/**
 * Asks a running part from time to time, because a process can live and yet not serve. Any answer counts as life. Calls `onDead` once
 * with the reason. `members` tells the part's processes, where the end of one is to count.
 */
export function watchHealth(
  health: PartHealth,
  members: () => ReadonlySet<string>,
  onDead: (reason: string) => void,
  terms: WatchTerms = TERMS,
): () => void {
  let alive_at = Date.now();
  let known = members();
  let failure: { readonly is_refusal: boolean; readonly reason: string } | null = null;
  let asking = false;
  let asked_at = alive_at;

  const ask = async () => {
    [asking, asked_at] = [true, Date.now()];
    // Those of before the question: one that ends while it is answered may be the one without which nothing more is.
    const present = members();
    const answer = await askHealth(health.url, terms.silent_for_ms);
    asking = false;
    if (answer.kind !== "status") {
      failure = { is_refusal: answer.kind === "refused", reason: answer.reason };
      return;
    }
    [alive_at, known, failure] = [Date.now(), present, null];
  };

  const timer = setInterval(() => {
    const quiet_ms = Date.now() - alive_at;
    const isBereft = quiet_ms >= terms.bereft_for_ms && hasLost(known, members());
    const limit_ms = isBereft ? terms.bereft_for_ms : !asking && failure?.is_refusal === true ? terms.refused_for_ms : terms.silent_for_ms;
    if (quiet_ms >= limit_ms) {
      clearInterval(timer);
      onDead(
        `has not answered for ${Math.round(quiet_ms / 1_000)} s (${isBereft ? "a process of it has ended" : (failure?.reason ?? "silence")})`,
      );
    } else if (!asking && Date.now() - asked_at >= terms.period_ms) void ask();
  }, terms.period_ms / JUDGED_A_PERIOD);
  timer.unref();
  return () => clearInterval(timer);
}

function hasLost(known: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
  return [...known].some((member) => !now.has(member));
}
