import type { R2Bucket } from "@cloudflare/workers-types";
import { chunksOf } from "../../shared/domain/chunksOf.ts";
import { AppError } from "../../shared/errors.ts";
import type { LakeKeeper } from "../../shared/ports/pruning.ts";
import type { LakeObject } from "../../shared/retention/planLake.ts";

/** R2 lists and deletes no more at once. */
const MOST_KEYS = 1_000;

/** Objects of R2 by what they are, and their end. R2 tells the real time of a write; `offset_ms` makes it the platform's. */
export function createR2LakeKeeper(bucket: Pick<R2Bucket, "list" | "delete">, offset_ms = 0, at_once = MOST_KEYS): LakeKeeper {
  return {
    list: (prefix) =>
      reaching(prefix, async () => {
        const found: LakeObject[] = [];
        let cursor: string | undefined;
        do {
          const page = await bucket.list({ prefix, limit: at_once, ...(cursor === undefined ? {} : { cursor }) });
          for (const { key, size, uploaded } of page.objects) found.push({ key, bytes: size, written_at: uploaded.getTime() + offset_ms });
          cursor = page.truncated ? page.cursor : undefined;
        } while (cursor !== undefined);
        return found;
      }),
    delete: (keys) =>
      reaching(keys[0] ?? "", async () => {
        for (const some of chunksOf([...keys], at_once)) await bucket.delete([...some]);
      }),
  };
}

async function reaching<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("store_unavailable", `The lake did not answer for ${what}: ${why}`, { status: 503, retryable: true, cause });
  }
}
