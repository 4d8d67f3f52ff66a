import type { KVNamespace } from "@cloudflare/workers-types";
import { SECOND } from "../../shared/domain/instant.ts";
import { inTime } from "./inTime.ts";

/** Texts by their keys: what the online store asks of KV, and of what stands in for it. */
export interface KvTexts {
  /** Null: there is no such value. */
  get(key: string): Promise<string | null>;
  /** Of at most 100 keys. */
  getAll(keys: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  put(key: string, text: string): Promise<void>;
}

/** Texts that can be put under a condition, in one step. */
export interface ReplaceableTexts extends KvTexts {
  /** Puts `text` where there still is what was `read` (null: nothing). False: there is another by now, and nothing was put. */
  replace(key: string, text: string, read: string | null): Promise<boolean>;
}

export function kvTextsOf(kv: KVNamespace): KvTexts {
  return {
    get: (key) => kv.get(key, "text"),
    getAll: (keys) => kv.get([...keys], "text"),
    put: (key, text) => kv.put(key, text),
  };
}

/** A database that is away is not waited for. */
const GET_WITHIN_MS = SECOND / 2;

/** Keys that are known to be nowhere; beyond it all are asked for anew. */
const MAX_ABSENT = 1_000;

/**
 * What is read of `first`, or where that does not answer or has no such value, of `otherwise`. A key that both do not have is not asked for
 * elsewhere again: what is put from then on is put into `first`, too (mirroredTexts).
 */
export function readEither(first: KvTexts["get"], otherwise: KvTexts["get"]): KvTexts["get"] {
  const absent = new Set<string>();
  return async (key) => {
    try {
      const text = await inTime(first(key), GET_WITHIN_MS);
      if (text !== null || absent.has(key)) return text;
    } catch (error) {
      console.warn(`${key} was not read where it is looked for first; it is asked for elsewhere.`, error);
      return otherwise(key);
    }
    const text = await otherwise(key);
    if (text !== null) return text;
    if (absent.size >= MAX_ABSENT) absent.clear();
    absent.add(key);
    return null;
  };
}

/**
 * `texts`, with all that is put in them put into `mirror` as well, and before: what was put into neither or into the mirror alone is put again
 * by whoever tries again, since what they compare it with is what `texts` has.
 */
export function mirroredTexts(texts: KvTexts, mirror: Pick<KvTexts, "put">): KvTexts {
  return {
    ...texts,
    async put(key, text) {
      await mirror.put(key, text);
      await texts.put(key, text);
    },
  };
}
