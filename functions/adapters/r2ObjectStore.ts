import type { R2Bucket } from "@cloudflare/workers-types";
import { FREE_SPACE } from "../../shared/domain/freeSpace.ts";
import { AppError } from "../../shared/errors.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";
import { inTime } from "./inTime.ts";

/** A training set of a year is written in a second; beyond this it is not coming. */
const PUT_WITHIN_MS = 60_000;

/** Immutable objects in R2. The condition is checked by R2 itself, so two writers of one key cannot both succeed. */
export function createR2ObjectStore(bucket: R2Bucket): ObjectStore {
  return {
    async putOnce(key, body, contentType) {
      const written = await reaching(
        key,
        () => inTime(bucket.put(key, body, { onlyIf: { etagDoesNotMatch: "*" }, httpMetadata: { contentType } }), PUT_WITHIN_MS),
        `. ${FREE_SPACE}`,
      );
      return written !== null;
    },
    ...createObjectReader(async (key) => {
      const object = await bucket.get(key);
      return object ? new Uint8Array(await object.arrayBuffer()) : null;
    }),
  };
}

/** What serving reads of the lake, wherever the bytes come from. */
export function createObjectReader(get: (key: string) => Promise<Uint8Array<ArrayBuffer> | null>): Pick<ObjectStore, "get"> {
  return { get: (key) => reaching(key, () => get(key)) };
}

async function reaching<Result>(key: string, work: () => Promise<Result>, remedy = ""): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("store_unavailable", `The lake did not answer for ${key}: ${why}${remedy}`, {
      status: 503,
      retryable: true,
      cause,
      details: { key },
    });
  }
}
