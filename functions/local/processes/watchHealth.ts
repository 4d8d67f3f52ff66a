import type { PartHealth } from "./part.ts";
import { askHealth, askPulse } from "./waitForHealth.ts";
import { WATCH_TERMS, type WatchTerms } from "./watchTerms.ts";

const JUDGED_A_PERIOD = 5;

/**
 * Asks a running part from time to time, because a process can live and yet not serve. Any answer counts as life. Calls `onDead` once
 * with the reason. `members` tells the part's processes, where the end of one is to count.
 */
export function watchHealth(
  health: PartHealth,
  members: () => ReadonlySet<string>,
  onDead: (reason: string) => void,
  terms: WatchTerms = WATCH_TERMS,
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
    const answer = await (health.pulse ? askPulse(health.pulse, terms.silent_for_ms) : askHealth(health.url, terms.silent_for_ms));
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
        `has not answered for ${Math.round(quiet_ms / 1_000)} s (${isBereft ? "a process of it has ended" : (failure?.reason ?? health.pulse?.words ?? "silence")})`,
      );
    } else if (!asking && Date.now() - asked_at >= terms.period_ms) void ask();
  }, terms.period_ms / JUDGED_A_PERIOD);
  timer.unref();
  return () => clearInterval(timer);
}

function hasLost(known: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
  return [...known].some((member) => !now.has(member));
}
