import type { Instant } from "../../shared/domain/instant.ts";
import type { Clock } from "../../shared/ports/clock.ts";

/** More than what is ever asked about in earnest. */
const MAX_KEYS = 1_000;

/**
 * Keeps the answer of `load` for `ttl_ms`, in this isolate. When a later load fails, the last answer serves on: a
 * database that is down must not take /predict with it.
 *
 * Only answers are shared between requests, never a load under way: a Worker's I/O belongs to the request that began it and
 * may be ended with it, and a promise that hangs on that I/O would then never settle for the others.
 *
 * An asker that can keep work alive beyond its answer (`behind`) takes what is in the second half of its time at once, and has it loaded anew
 * behind its back: where there are many, none waits, and nothing is older than `ttl_ms` all the same.
 *
 * `forget` makes the next question of any key load anew, also where a load is under way that began before. When there are too many keys all
 * are forgotten.
 */
export function createTimedCache<Value>(clock: Clock, ttl_ms: number, load: (key: string) => Promise<Value>) {
  const entries = new Map<string, Entry<Value>>();
  let forgotten = 0;

  async function refresh(key: string): Promise<Value> {
    // The answer is as old as the question: what changes while it is on its way is not in it.
    const loaded_at = clock.now();
    const before = forgotten;
    try {
      const value = await load(key);
      const kept = entries.get(key);
      // A later question may have had its answer first; what is of later than now is of a clock that has gone back.
      const is_overtaken = kept !== undefined && kept.loaded_at > loaded_at && kept.loaded_at <= clock.now();
      if (!is_overtaken && before === forgotten) {
        if (entries.size >= MAX_KEYS) entries.clear();
        entries.set(key, { value, loaded_at, asked_at: loaded_at });
      }
      return value;
    } catch (error) {
      const stale = entries.get(key);
      if (!stale) throw error;
      console.warn(`${key} could not be read again; what was read before serves on.`, error);
      return stale.value;
    }
  }

  return {
    forget(): void {
      entries.clear();
      forgotten += 1;
    },
    get(key: string, behind?: Behind): Promise<Value> | Value {
      const entry = entries.get(key);
      const now = clock.now();
      const age_ms = entry ? now - entry.loaded_at : Number.NaN;
      // What was loaded after now is of a clock that has gone back, and would otherwise stand until it is there again.
      if (!(entry && age_ms >= 0 && age_ms < ttl_ms)) return refresh(key);
      if (behind !== undefined && now - entry.asked_at >= ttl_ms / 2) {
        entry.asked_at = now;
        behind(refresh(key));
      }
      return entry.value;
    },
  };
}

/** Keeps work alive that an answer does not wait for. */
export type Behind = (work: Promise<unknown>) => void;

interface Entry<Value> {
  readonly value: Value;
  readonly loaded_at: Instant;
  /** When it was last asked for anew. */
  asked_at: Instant;
}
