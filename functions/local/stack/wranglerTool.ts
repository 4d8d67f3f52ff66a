import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "../../../shared/errors.ts";
import { exitWithParentFlags, GIVE_BACK_MEMORY } from "../processes/nodeCommand.ts";
import type { Environment } from "./environment.ts";
import type { StackPlan } from "./stackPlan.ts";

/**
 * wrangler's code and the bundle with its map are 25 MB; it dies below 112 MB of heap. The two flags keep what it holds
 * while idle near that: 175 MB in place of 310 (measured after twelve rebuilds).
 */
const DEV_MEMORY = ["--max-old-space-size=160", "--max-semi-space-size=1", "--optimize-for-size"];

/**
 * Miniflare's own variable for workerd. A request passes through several of two dozen isolates (the Worker, KV, R2, queues), each of which
 * collects its own garbage when its heap has grown by V8's step: 8 MB, the whole of most of them. Until then the runtime keeps what belongs to
 * dead objects outside of the heap, about 8 kB for each call, and its allocator never gives back what was once in use. So the step is the
 * least that V8 takes (`--memory-saver-mode`: 2 MB), the new space, which counts on top, stays at 4 MB, and the first collection comes early.
 * docs/durability.md has what they change.
 */
const RUNTIME_FLAGS = "--memory-saver-mode --max-semi-space-size=4 --initial-old-space-size=1 --heap-growing-percent=50";

/**
 * Of the runtime that answers predictions alone: every collection is a whole one. What a request leaves behind (objects of the runtime itself,
 * in part outside of the heap) outlives V8's young collections, and takes 35 to 45 ms to clear away once the heap has grown by 8 MB, which is
 * V8's least step; when it is done after each 8 MB that were allocated it takes 10.
 */
const SERVING_FLAGS = "--gc-global --min-semi-space-size=8 --max-semi-space-size=8";

export function servingFlags({ env }: Pick<StackPlan, "env">): string {
  return env["MINIFLARE_WORKERD_V8_FLAGS"] ?? SERVING_FLAGS;
}

/** Arguments for `node` to run wrangler dev by a program of ours, ending with its parent. */
export function wranglerDevArguments(program: string): string[] {
  return ["--no-warnings", ...DEV_MEMORY, ...exitWithParentFlags(), program];
}

/** Arguments for `node` to run a wrangler command that ends by itself: it closes the channel to its parent when it is done. */
export function wranglerArguments(args: readonly string[]): string[] {
  return ["--no-warnings", wranglerCli(), ...args];
}

/** No internet, no questions, nothing outside of the store; the local explorer alone would cost 35 MB. */
export function wranglerEnvironment(plan: Pick<StackPlan, "store" | "env">): Environment {
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
    ...GIVE_BACK_MEMORY,
    MINIFLARE_WORKERD_V8_FLAGS: plan.env["MINIFLARE_WORKERD_V8_FLAGS"] ?? RUNTIME_FLAGS,
    // esbuild ends with the bundle, or is ended (dev/main.cjs). As a service it collects garbage, unlike its command line, which takes as long
    // again as the bundling; the limit is well above the 350 MB that both maps need.
    GOGC: "off",
    GOMEMLIMIT: "512MiB",
    // wrangler's own code would be held a second time: 60 MB.
    NODE_COMPILE_CACHE: undefined,
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
