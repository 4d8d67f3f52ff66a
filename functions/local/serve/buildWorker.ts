import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTool } from "../commands/runTool.ts";
import { localFile, nodeArguments } from "../processes/nodeCommand.ts";
import { childEnvironment, type StackPlan } from "../stack/stackPlan.ts";
import type { Store } from "../stack/store.ts";
import { wranglerArguments, wranglerEnvironment } from "../stack/wranglerTool.ts";
import { partError } from "../text/localError.ts";
import { OPTIONS_FILE } from "./hostConfig.ts";
import { keepPages } from "./keepPages.ts";

const HEAP_MB = 256;
/** wrangler would take a `.env` beside wrangler.toml for variables of the Worker: here it is that of compose.yaml, and holds secrets. */
const WITHOUT_ENV_FILE = { CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false" };
/** The Worker for predictions alone; the whole one is the entry of wrangler.toml. */
const SERVING_ENTRY = fileURLToPath(new URL("../../servingWorker.ts", import.meta.url));

/** What a build is made of, and where. */
export type BuildPlan = Pick<StackPlan, "root" | "store" | "env" | "build">;

/** Where a store has its own build. */
export function buildFolder(store: Pick<Store, "folder">): string {
  return join(store.folder, "worker-build");
}

/**
 * Bundles both Workers as a deployment would, and reads their bindings from wrangler.toml, so that nothing is defined twice. The files of
 * pages are its own, as they are in the checkout when `pages` has settled: what builds them there.
 */
export async function buildWorker(plan: BuildPlan, cancelled: AbortSignal, pages: Promise<unknown> = Promise.resolve()): Promise<void> {
  const folder = plan.build;
  const config = join(plan.root, "wrangler.toml");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const bundle = (...entry: string[]) =>
    run(
      plan,
      cancelled,
      "The Worker could not be bundled",
      wranglerArguments(["deploy", ...entry, "--dry-run", "--outdir", folder, "--config", config]),
    );
  const readOptions = () =>
    run(plan, cancelled, "wrangler.toml could not be read", [
      ...nodeArguments(localFile("serve/readWorkerOptions.ts"), { heap_mb: HEAP_MB }),
      config,
      join(folder, OPTIONS_FILE),
    ]);
  // Each takes 200 MB: two at once.
  await Promise.all([bundle(), readOptions().then(() => bundle(SERVING_ENTRY)), pages]);
  keepPages(folder);
}

async function run(plan: BuildPlan, cancelled: AbortSignal, problem: string, args: readonly string[]): Promise<void> {
  const lines: string[] = [];
  const { code } = await runTool(process.execPath, args, {
    env: childEnvironment(plan, { ...wranglerEnvironment(plan), ...WITHOUT_ENV_FILE }),
    cwd: plan.root,
    cancelled,
    onLine: (line) => lines.push(line),
  });
  if (code !== 0) throw partError(`${problem}:`, lines.join("\n"));
}
