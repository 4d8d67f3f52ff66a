import type { R2Bucket } from "@cloudflare/workers-types";
import { AppError } from "../../shared/errors.ts";
import type { WriteProbe } from "../../shared/ports/writeProbe.ts";
import { inTime } from "./inTime.ts";
import { type Database, withStore } from "./libsql/database.ts";
import { storeFacts } from "./libsql/schema/market.ts";

/** Within the time that /health gives a probe. */
const PUT_WITHIN_MS = 1_500;
/** Of the object in the lake and of the row in store_facts. */
const PROBE_KEY = "write_probe";
/** Some pages of a database: one alone may find room in a file that cannot grow any more. */
const PROBE_BYTES = 16_384;

export function createWriteProbe(bucket: Pick<R2Bucket, "put">, database: Database): WriteProbe {
  let written = 0;
  // Of another content each time, so that nothing on the way may leave the write out.
  const content = () => `${++written}`.padEnd(PROBE_BYTES, ".");
  return {
    async lake() {
      try {
        await inTime(bucket.put(`health/${PROBE_KEY}`, content(), { httpMetadata: { contentType: "text/plain" } }), PUT_WITHIN_MS);
      } catch (cause) {
        throw new AppError("store_unavailable", `The lake takes no write: ${cause instanceof Error ? cause.message : String(cause)}`, {
          status: 503,
          retryable: true,
          cause,
        });
      }
    },
    async database() {
      const value = content();
      await withStore(async () => {
        await database.insert(storeFacts).values({ key: PROBE_KEY, value }).onConflictDoUpdate({ target: storeFacts.key, set: { value } });
      });
    },
  };
}
