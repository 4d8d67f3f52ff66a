import type { OnlineStore } from "../../shared/ports/onlineStore.ts";
import { createOnlineReader, createOnlineStore } from "./kvOnlineStore.ts";
import type { KvTexts } from "./kvTexts.ts";

export interface OnlineSource {
  readonly keys: () => Promise<readonly string[]>;
  readonly get: (key: string) => Promise<string | null>;
}

/**
 * Brings everything that is newer in `source` into the mirror, which was not written while another host ran: rows of features by their
 * times, pointers by when they were promoted. What cannot be read is left out, as it is by who serves.
 */
export async function fillMirror(source: OnlineSource, mirror: KvTexts): Promise<void> {
  const [from, to] = [createOnlineReader(source.get), createOnlineStore(mirror)];
  for (const key of await source.keys()) {
    const [kind, name] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
    try {
      await copies[kind]?.(name, from, to);
    } catch (error) {
      console.warn(`The online value ${key} was not copied:`, error);
    }
  }
}

type Copy = (name: string, from: ReturnType<typeof createOnlineReader>, to: OnlineStore) => Promise<unknown>;

const copies: Readonly<Record<string, Copy>> = {
  online: async (instrument, from, to) => to.write(instrument, (await from.read(instrument)) ?? {}),
  pushed: async (instrument, from, to) => to.writePushed(instrument, (await from.readPushed(instrument)) ?? {}),
  production: async (name, from, to) => {
    const [newest, known] = [await from.readProduction(name), await to.readProduction(name)];
    if (newest !== null && newest.promoted_at >= (known?.promoted_at ?? 0)) await to.writeProduction(newest);
  },
};
