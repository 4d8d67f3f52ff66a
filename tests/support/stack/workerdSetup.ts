import type { TestProject } from "vitest/node";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { startSqld } from "../databases/sqldProcess.ts";
import { hasLibrary } from "../sidecar/libraryOrSkip.ts";
import { removeTemporaryFolders, startSidecarProcess } from "../sidecar/sidecarProcess.ts";

/** The Worker's clock starts here, whatever the day of the test: a Wednesday, twenty minutes after a bar's end. */
const NOW = Date.UTC(2025, 5, 25, 12) + 20 * MINUTE;

/** A real sqld and a real sidecar for the tests inside workerd, and the variables that point the Worker at them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const can_train = await hasLibrary();
  const [sqld, sidecar] = await Promise.all([startSqld(), startSidecarProcess()]);
  project.provide("workerBindings", {
    SQLD_URL: sqld.url,
    SIDECAR_URL: sidecar.url,
    MARKET_ORIGIN: "import",
    INSTRUMENTS: "USD_SGD,EUR_USD",
    FX_CLOCK_OFFSET_MS: String(NOW - Date.now()),
  });
  project.provide("canTrain", can_train);
  project.provide("lastBarEnd", Math.floor(NOW / HOUR) * HOUR);
  return async () => {
    await Promise.all([sqld.stop(), sidecar.stop()]);
    removeTemporaryFolders();
  };
}

declare module "vitest" {
  interface ProvidedContext {
    workerBindings: Record<string, string>;
    canTrain: boolean;
    lastBarEnd: number;
  }
}
