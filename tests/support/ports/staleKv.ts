import type { KvTexts } from "../../../functions/adapters/kvTexts.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { Clock } from "../../../shared/ports/clock.ts";

/**
 * KV as another place of Cloudflare sees it: what was put is read `late_ms` after it was, and until then what was there before. `getAll` and
 * writers see the same, as KV has no read that is any newer.
 */
export function createStaleKv(clock: Clock, late_ms: number): KvTexts {
  const written = new Map<string, { readonly at: Instant; readonly text: string }[]>();
  const get = async (key: string) => written.get(key)?.findLast(({ at }) => at + late_ms <= clock.now())?.text ?? null;
  return {
    get,
    getAll: async (keys) => new Map(await Promise.all(keys.map(async (key) => [key, await get(key)] as const))),
    put: async (key, text) => void written.set(key, [...(written.get(key) ?? []), { at: clock.now(), text }]),
  };
}
