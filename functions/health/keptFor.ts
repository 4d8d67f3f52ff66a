import type { Instant } from "../../shared/domain/instant.ts";
import type { Clock } from "../../shared/ports/clock.ts";

/**
 * Keeps what `look` found for a while, failures for less: a probe that costs something is not asked by every caller. Only what has ended is
 * kept, never a look under way (see serving/timedCache.ts).
 */
export function keptFor<Found>(
  clock: Clock,
  { good_ms, bad_ms }: { readonly good_ms: number; readonly bad_ms: number },
  look: () => Promise<Found>,
  isGood: (found: Found) => boolean,
): () => Promise<Found> {
  let kept: { readonly found: Found; readonly at: Instant } | null = null;
  return async () => {
    const now = clock.now();
    const age_ms = kept ? now - kept.at : Number.NaN;
    if (kept && age_ms >= 0 && age_ms < (isGood(kept.found) ? good_ms : bad_ms)) return kept.found;
    const found = await look();
    kept = { found, at: now };
    return found;
  };
}
