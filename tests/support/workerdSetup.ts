import type { TestProject } from "vitest/node";
import { startSidecar } from "./sidecarProcess.ts";
import { startSqld } from "./sqldProcess.ts";

/** A real sqld and a real sidecar for the tests inside workerd, and the variables that point the Worker at them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [sqld, sidecar] = await Promise.all([startSqld(), startSidecar()]);
  project.provide("workerBindings", {
    SQLD_URL: sqld.url,
    SIDECAR_URL: sidecar.url,
    MARKET_ORIGIN: "import",
    INSTRUMENTS: "USD_SGD,EUR_USD",
  });
  return async () => {
    await Promise.all([sqld.stop(), sidecar.stop()]);
  };
}

declare module "vitest" {
  interface ProvidedContext {
    workerBindings: Record<string, string>;
  }
}
