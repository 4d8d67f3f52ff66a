import type { OnlineStore } from "../../shared/ports/onlineStore.ts";
import { createOnlineReader, createOnlineStore } from "./kvOnlineStore.ts";
import type { ReplaceableTexts } from "./kvTexts.ts";

/** Whoever writes meanwhile does so a few times a minute. */
const TRIES = 10;

export interface OnlineSource {
  readonly keys: () => Promise<readonly string[]>;
  readonly get: (key: string) => Promise<string | null>;
}

/**
 * Brings everything that is newer in `source` into the mirror, which was not written while another host ran: rows of features by their
 * times, pointers by when they were promoted. What is put there meanwhile is not overwritten: it is compared with, too. What cannot be read or
 * put is left out; who serves looks for it in `source` (readEither).
 */
export async function fillMirror(source: OnlineSource, mirror: ReplaceableTexts): Promise<void> {
  for (const key of await source.keys()) {
    const [kind, name] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
    try {
      const copy = copies[kind];
      if (copy) await untilUndisturbed(mirror, (to) => copy(name, createOnlineReader(source.get), to));
    } catch (error) {
      console.warn(`The online value ${key} was not copied:`, error);
    }
  }
}

/** Puts only where there still is what was read, and begins anew where there is not. */
async function untilUndisturbed(mirror: ReplaceableTexts, copy: (to: OnlineStore) => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const read = new Map<string, string | null>();
    let is_overtaken = false;
    const to = createOnlineStore({
      ...mirror,
      async get(key) {
        const text = await mirror.get(key);
        read.set(key, text);
        return text;
      },
      async put(key, text) {
        is_overtaken = !(await mirror.replace(key, text, read.get(key) ?? null));
      },
    });
    await copy(to);
    if (!is_overtaken) return;
  }
  throw new Error(`It was written ${TRIES} times while it was copied.`);
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
