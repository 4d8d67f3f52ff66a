import { mergeEachOnlineRows } from "../../../functions/adapters/mergeOnlineRows.ts";
import type { OnlineRows, OnlineStore, ProductionPointer } from "../../../shared/ports/onlineStore.ts";

/** Online rows and pointers in maps, for tests of what uses them. */
export function createMemoryOnlineStore(): OnlineStore {
  const values = new Map<string, OnlineRows>();
  const pointers = new Map<string, ProductionPointer>();
  const pushed = new Map<string, OnlineRows>();
  const mergeInto = (into: Map<string, OnlineRows>, key: string, moments: readonly OnlineRows[], now = Number.POSITIVE_INFINITY) => {
    const { rows, written } = mergeEachOnlineRows(into.get(key) ?? null, moments, now);
    if (rows !== null) into.set(key, rows);
    return written;
  };
  const writeEach: OnlineStore["writeEach"] = async (instrument, moments, now) => mergeInto(values, instrument, moments, now);
  return {
    read: async (instrument) => values.get(instrument) ?? null,
    write: async (instrument, rows, now) => (await writeEach(instrument, [rows], now))[0]!,
    writeEach,
    writeAll: async (rows, now) => {
      for (const [instrument, own] of rows) await writeEach(instrument, [own], now);
    },
    readPushed: async (instrument) => pushed.get(instrument) ?? null,
    writePushed: async (instrument, rows, now) => mergeInto(pushed, instrument, [rows], now)[0]!,
    readProduction: async (model_name) => pointers.get(model_name) ?? null,
    writeProduction: async (pointer) => void pointers.set(pointer.name, pointer),
  };
}
