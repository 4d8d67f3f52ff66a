import { mergeEachOnlineRows } from "../../../functions/adapters/mergeOnlineRows.ts";
import type { OnlineRows, OnlineStore, ProductionPointer } from "../../../shared/ports/onlineStore.ts";

/** Online rows and pointers in maps, for tests of what uses them. */
export function createMemoryOnlineStore(): OnlineStore {
  const values = new Map<string, OnlineRows>();
  const pointers = new Map<string, ProductionPointer>();
  const writeEach: OnlineStore["writeEach"] = async (instrument, moments, now = Number.POSITIVE_INFINITY) => {
    const { rows, written } = mergeEachOnlineRows(values.get(instrument) ?? null, moments, now);
    if (rows !== null) values.set(instrument, rows);
    return written;
  };
  return {
    read: async (instrument) => values.get(instrument) ?? null,
    write: async (instrument, rows, now) => (await writeEach(instrument, [rows], now))[0]!,
    writeEach,
    readProduction: async (model_name) => pointers.get(model_name) ?? null,
    writeProduction: async (pointer) => void pointers.set(pointer.name, pointer),
  };
}
