import { mergeOnlineRows } from "../../functions/adapters/mergeOnlineRows.ts";
import type { OnlineRows, OnlineStore, ProductionPointer } from "../../shared/ports/onlineStore.ts";

/** Online rows and pointers in maps, for tests of what uses them. */
export function createMemoryOnlineStore(): OnlineStore {
  const values = new Map<string, OnlineRows>();
  const pointers = new Map<string, ProductionPointer>();
  return {
    read: async (instrument) => values.get(instrument) ?? null,
    write: async (instrument, incoming, now = Number.POSITIVE_INFINITY) => {
      const { rows, written } = mergeOnlineRows(values.get(instrument) ?? null, incoming, now);
      if (written > 0) values.set(instrument, rows);
      return written;
    },
    readProduction: async (model_name) => pointers.get(model_name) ?? null,
    writeProduction: async (pointer) => void pointers.set(pointer.name, pointer),
  };
}
