import type { Instant } from "../../../shared/domain/instant.ts";
import type { LakeKeeper } from "../../../shared/ports/pruning.ts";
import type { createMemoryObjectStore } from "./memoryObjectStore.ts";

/** The objects of a lake in memory, each as old as `writtenAt` says. */
export function createMemoryLakeKeeper(lake: ReturnType<typeof createMemoryObjectStore>, writtenAt: (key: string) => Instant): LakeKeeper {
  return {
    list: async (prefix) => {
      const keys = lake.keys().filter((key) => key.startsWith(prefix));
      return Promise.all(keys.map(async (key) => ({ key, bytes: (await lake.get(key))?.length ?? 0, written_at: writtenAt(key) })));
    },
    delete: async (keys) => {
      for (const key of keys) lake.remove(key);
    },
  };
}
