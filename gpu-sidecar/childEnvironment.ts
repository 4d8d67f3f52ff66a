import { fileURLToPath } from "node:url";

const COMPILE_CACHE = fileURLToPath(new URL("../node_modules/.cache/fx-medallion/compile-cache", import.meta.url));

/**
 * Environment of the sidecar's child processes. One OpenMP thread, also where XGBoost does not ask `nthread`; a compile cache,
 * which spares every child the TypeScript stripper (28 MB); no secret that a child does not need.
 */
export function childEnvironment({ SIDECAR_TOKEN: _token, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { NODE_COMPILE_CACHE: COMPILE_CACHE, ...env, OMP_NUM_THREADS: "1" };
}
