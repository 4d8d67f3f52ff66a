import { join } from "node:path";
import { runTool } from "../commands/runTool.ts";
import { nodeArguments } from "../processes/nodeCommand.ts";
import type { Screen } from "../text/screen.ts";
import type { Environment } from "./environment.ts";
import { childEnvironment } from "./stackPlan.ts";

const HEAP_MB = 128;

export interface LibrarySetup {
  readonly root: string;
  readonly env: Environment;
  readonly screen: Screen;
  readonly cancelled: AbortSignal;
  readonly arguments?: readonly string[];
}

/**
 * Makes libxgboost available through the sidecar's own setup program, which fetches it once. False when it cannot be had:
 * the program has then said which command to run, and everything but training works.
 */
export async function ensureLibrary(setup: LibrarySetup): Promise<boolean> {
  const program = join(setup.root, "gpu-sidecar", "xgboost", "setup.ts");
  const { code } = await runTool(process.execPath, [...nodeArguments(program, { heap_mb: HEAP_MB }), ...(setup.arguments ?? [])], {
    env: childEnvironment(setup, {}),
    cwd: setup.root,
    cancelled: setup.cancelled,
    onLine: (line) => setup.screen.say(line),
  });
  return code === 0;
}
