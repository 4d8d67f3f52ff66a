import { type Instant, SECOND } from "../../shared/domain/instant.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { OnlineStore } from "../../shared/ports/onlineStore.ts";
import type { Tracking } from "../../shared/ports/tracking.ts";
import { unlessUnreadable } from "./currentRows.ts";
import { type Behind, createTimedCache } from "./timedCache.ts";
import { withinTime } from "./withinTime.ts";

/** Where the files of the version lie that is in Production. */
export interface Pointer {
  readonly source: string;
  readonly version: string;
}

export interface PointerPorts {
  readonly clock: Clock;
  readonly tracking: Pick<Tracking, "inProduction" | "productionAt">;
  readonly online: Pick<OnlineStore, "readProduction">;
}

/** A promotion reaches every isolate within this time. */
export const POINTER_TTL_MS = 5 * SECOND;
/** A database that does not answer is not waited for: what was known before, or what KV says, serves on. */
const WAIT_MS = SECOND;
/** More models than are ever asked about in earnest. */
const MAX_NAMES = 1_000;

/**
 * Which version of each model is in Production, as this isolate knows it: read from libSQL, of all models that were asked about in one question
 * every few seconds at the most. KV, which may tell of a minute ago what another place has written to it, is asked only by an isolate that has
 * nothing yet while libSQL is away.
 */
export function createProductionPointers(ports: PointerPorts) {
  const asked = new Set<string>();
  const last = new Map<string, Known>();
  const kept = createTimedCache(ports.clock, POINTER_TTL_MS, () => load([...asked]));

  async function load(names: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const now = ports.clock.now();
    try {
      const found = await withinTime(fromRegistry(ports, names, now), WAIT_MS);
      for (const [name, known] of found) last.set(name, known);
      return found;
    } catch (failure) {
      console.warn("libSQL did not say what is in Production; what was known before serves on.", failure);
      const known = names.map(async (name) => [name, last.get(name) ?? (await fromKv(ports, name, now, failure))] as const);
      return new Map(await Promise.all(known));
    }
  }

  return {
    /** Null: no version is in Production. `behind` keeps alive what an answer does not wait for (createTimedCache). */
    get(name: string, behind?: Behind): Promise<Pointer | null> | Pointer | null {
      if (!asked.has(name)) {
        if (asked.size >= MAX_NAMES) asked.clear();
        asked.add(name);
        kept.forget();
      }
      const known = kept.get("production", behind);
      return known instanceof Promise ? known.then((found) => pointerIn(found, name)) : pointerIn(known, name);
    },
  };
}

/** `failure`: nobody said. */
type Known = { readonly pointer: Pointer | null } | { readonly failure: unknown };

function pointerIn(found: ReadonlyMap<string, Known>, name: string): Pointer | null {
  const known = found.get(name)!;
  if ("failure" in known) throw known.failure;
  return known.pointer;
}

async function fromRegistry({ tracking }: PointerPorts, names: readonly string[], now: Instant): Promise<ReadonlyMap<string, Known>> {
  const found = await tracking.inProduction(names);
  // What was moved after now was moved before the clock went back.
  const versions = await Promise.all(
    found.map((version, index) =>
      version === null || version.last_updated_timestamp <= now ? version : tracking.productionAt(names[index]!, now),
    ),
  );
  return new Map(names.map((name, index) => [name, { pointer: pointerOf(versions[index] ?? null) }]));
}

/** Where KV says nothing either, what is in Production is not known. */
async function fromKv({ online }: PointerPorts, name: string, now: Instant, failure: unknown): Promise<Known> {
  const pointer = await unlessUnreadable(name, () => online.readProduction(name));
  return pointer === null || pointer.promoted_at > now ? { failure } : { pointer: pointerOf(pointer) };
}

function pointerOf(version: Pointer | null): Pointer | null {
  return version && { source: version.source, version: version.version };
}
