import type { Instant } from "../../shared/domain/instant.ts";
import type { Clock } from "../../shared/ports/clock.ts";

/**
 * Keeps the answer of `load` for `ttl_ms`, in this isolate. When a later load fails, the last answer serves on: a
 * database that is down must not take /predict with it. Loads of one key under way at once are one load.
 */
export function createTimedCache<Value>(clock: Clock, ttl_ms: number, load: (key: string) => Promise<Value>) {
  const entries = new Map<string, { value: Value; loaded_at: Instant }>();
  const loading = new Map<string, Promise<Value>>();

  async function refresh(key: string): Promise<Value> {
    try {
      const value = await load(key);
      entries.set(key, { value, loaded_at: clock.now() });
      return value;
    } catch (error) {
      const stale = entries.get(key);
      if (stale) return stale.value;
      throw error;
    } finally {
      loading.delete(key);
    }
  }

  return {
    get(key: string): Promise<Value> | Value {
      const entry = entries.get(key);
      if (entry && clock.now() - entry.loaded_at < ttl_ms) return entry.value;
      const pending = loading.get(key) ?? refresh(key);
      loading.set(key, pending);
      return pending;
    },
  };
}
