import type { CommandContext } from "../commands/command.ts";
import { runTool } from "../commands/runTool.ts";
import { childEnvironment } from "../stack/stackPlan.ts";
import { wranglerArguments, wranglerEnvironment } from "../stack/wranglerTool.ts";

export interface WranglerEnd {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Runs a command of wrangler's to its end. */
export type RunWrangler = (args: readonly string[]) => Promise<WranglerEnd>;

/** `folder`: where its logs go. Which environment is meant stands in each command, whatever CLOUDFLARE_ENV says. */
export function wranglerRunner({ root, env, cancelled }: CommandContext, folder: string, onLine: (line: string) => void): RunWrangler {
  const plan = { env, store: { name: "deployment", folder, market: "real" as const } };
  return async (args) => {
    const lines: string[] = [];
    const { code } = await runTool(process.execPath, wranglerArguments(args), {
      env: childEnvironment(plan, { ...wranglerEnvironment(plan), CLOUDFLARE_ENV: undefined }),
      cwd: root,
      cancelled,
      onLine(line) {
        lines.push(line);
        onLine(line);
      },
    });
    return { code, lines };
  };
}
