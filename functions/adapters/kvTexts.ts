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

export function kvTextsOf(kv: KVNamespace): KvTexts {
  return {
    get: (key) => kv.get(key, "text"),
    getAll: (keys) => kv.get([...keys], "text"),
    put: (key, text) => kv.put(key, text),
  };
}

/** A database that is away is not waited for. */
const GET_WITHIN_MS = SECOND / 2;

/** What is read of `first`, or where that does not answer, of `otherwise`. */
export function readEither(first: KvTexts["get"], otherwise: KvTexts["get"]): KvTexts["get"] {
  return async (key) => {
    try {
      return await inTime(first(key), GET_WITHIN_MS);
    } catch (error) {
      console.warn(`${key} was not read where it is looked for first; it is asked for elsewhere.`, error);
      return otherwise(key);
    }
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
