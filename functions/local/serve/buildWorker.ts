import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "../commands/runTool.ts";
import { localFile, nodeArguments } from "../processes/nodeCommand.ts";
import { childEnvironment, type StackPlan } from "../stack/stackPlan.ts";
import { wranglerArguments, wranglerEnvironment } from "../stack/wranglerTool.ts";
import { partError } from "../text/localError.ts";
import { OPTIONS_FILE } from "./hostConfig.ts";

const HEAP_MB = 256;

export function buildFolder(plan: Pick<StackPlan, "store">): string {
  return join(plan.store.folder, "worker-build");
}

/** Bundles the Worker as a deployment would, and reads its bindings from wrangler.toml, so that nothing is defined twice. */
export async function buildWorker(plan: Pick<StackPlan, "root" | "store" | "env">, cancelled: AbortSignal): Promise<void> {
  const folder = buildFolder(plan);
  const config = join(plan.root, "wrangler.toml");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const bundle = ["deploy", "--dry-run", "--outdir", folder, "--config", config];
  const reader = localFile("serve/readWorkerOptions.ts");
  await Promise.all([
    run(plan, cancelled, "The Worker could not be bundled", wranglerArguments(bundle)),
    run(plan, cancelled, "wrangler.toml could not be read", [
      ...nodeArguments(reader, { heap_mb: HEAP_MB }),
      config,
      join(folder, OPTIONS_FILE),
    ]),
  ]);
}

async function run(
  plan: Pick<StackPlan, "root" | "store" | "env">,
  cancelled: AbortSignal,
  problem: string,
  args: readonly string[],
): Promise<void> {
  const lines: string[] = [];
  const { code } = await runTool(process.execPath, args, {
    env: childEnvironment(plan, wranglerEnvironment(plan)),
    cwd: plan.root,
    cancelled,
    onLine: (line) => lines.push(line),
  });
  if (code !== 0) throw partError(`${problem}:`, lines.join("\n"));
}
