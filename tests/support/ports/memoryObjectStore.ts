import type { ObjectStore } from "../../../shared/ports/objectStore.ts";

/** Objects in a map, for tests of what uses them. Bytes are copied, so that no caller can change what is stored. */
export function createMemoryObjectStore(): ObjectStore & {
  keys(): readonly string[];
  replace(key: string, body: Uint8Array): void;
  remove(key: string): void;
} {
  const objects = new Map<string, Uint8Array>();
  return {
    putOnce: async (key, body) => {
      if (objects.has(key)) return false;
      objects.set(key, typeof body === "string" ? new TextEncoder().encode(body) : body.slice());
      return true;
    },
    get: async (key) => objects.get(key)?.slice() ?? null,
    /** What a disk may do to an object, and no program. */
    replace: (key, body) => void objects.set(key, body),
    remove: (key) => void objects.delete(key),
    keys: () => [...objects.keys()].sort(),
  };
}
