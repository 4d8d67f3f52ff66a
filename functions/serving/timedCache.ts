import type { Instant } from "../../shared/domain/instant.ts";
import type { Clock } from "../../shared/ports/clock.ts";

/**
 * Keeps the answer of `load` for `ttl_ms`, in this isolate. When a later load fails, the last answer serves on: a
 * database that is down must not take /predict with it.
 *
 * Only answers are shared between requests, never a load under way: a Worker's I/O belongs to the request that began it and
 * may be ended with it, and a promise that hangs on that I/O would then never settle for the others.
 */
export function createTimedCache<Value>(clock: Clock, ttl_ms: number, load: (key: string) => Promise<Value>) {
  const entries = new Map<string, { value: Value; loaded_at: Instant }>();

  async function refresh(key: string): Promise<Value> {
    // The answer is as old as the question: what changes while it is on its way is not in it.
    const loaded_at = clock.now();
    try {
      const value = await load(key);
      entries.set(key, { value, loaded_at });
      return value;
    } catch (error) {
      const stale = entries.get(key);
      if (!stale) throw error;
      console.warn(`${key} could not be read again; what was read before serves on.`, error);
      return stale.value;
    }
  }

  return {
    get(key: string): Promise<Value> | Value {
      const entry = entries.get(key);
      const age_ms = entry ? clock.now() - entry.loaded_at : Number.NaN;
      // What was loaded after now is of a clock that has gone back, and would otherwise stand until it is there again.
      return entry && age_ms >= 0 && age_ms < ttl_ms ? entry.value : refresh(key);
    },
  };
}
