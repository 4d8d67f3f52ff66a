import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "../../shared/errors.ts";
import { exitWithParentArguments } from "./nodeCommand.ts";
import type { Environment } from "./settings.ts";
import type { StackPlan } from "./stackPlan.ts";

/** Arguments for `node` to run wrangler dev, ending with its parent. */
export function wranglerDevArguments(memory: readonly string[], args: readonly string[]): string[] {
  return ["--no-warnings", ...memory, ...exitWithParentArguments(), wranglerCli(), "dev", ...args];
}

/** Arguments for `node` to run a wrangler command that ends by itself: it closes the channel to its parent when it is done. */
export function wranglerArguments(memory: readonly string[], args: readonly string[]): string[] {
  return ["--no-warnings", ...memory, wranglerCli(), ...args];
}

/** No internet, no questions, nothing outside of the store; the local explorer alone would cost 35 MB. */
export function wranglerEnvironment(plan: Pick<StackPlan, "store">): Environment {
  return {
    CI: "1",
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_SEND_ERROR_REPORTS: "false",
    WRANGLER_LOG_PATH: join(plan.store.folder, "logs"),
    WRANGLER_REGISTRY_PATH: join(plan.store.folder, "registry"),
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_CI_DISABLE_CONFIG_WATCHING: "true",
    X_LOCAL_OBSERVABILITY: "false",
    X_LOCAL_EXPLORER: "false",
    OANDA_API_TOKEN: undefined,
    ADMIN_TOKEN: undefined,
  };
}

/** wrangler's program itself: its `bin` is a second process that only starts this one. */
function wranglerCli(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve("wrangler/package.json");
    return join(dirname(manifest), "wrangler-dist", "cli.js");
  } catch (error) {
    throw new AppError("library_missing", "wrangler is not installed. Run npm ci.", { cause: error });
  }
}
