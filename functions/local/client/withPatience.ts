import { setTimeout as sleep } from "node:timers/promises";
import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";

/** Before what failed is asked again. */
const RETRY_MS = 700;
/** A Worker that restarts its runtime or is busy with a slice, and a database that is started again, are asked again this long. */
const PATIENCE_MS = 60 * SECOND;

/** Asks again what may pass. `work` is one that may be done twice. */
export async function withPatience<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await work();
    } catch (error) {
      const mayPass = error instanceof AppError && error.code !== "cancelled" && (error.retryable || error.status >= 500);
      if (!mayPass || Date.now() > deadline) throw error;
      await sleep(RETRY_MS);
    }
  }
}
