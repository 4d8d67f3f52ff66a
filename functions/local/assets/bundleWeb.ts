import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "../../../shared/errors.ts";
import { runTool } from "../commands/runTool.ts";
import { exitWithParentFlags } from "../processes/nodeCommand.ts";
import { partError } from "../text/localError.ts";

/**
 * Bundles the web application of a checkout into a folder, which may be there already and is emptied then. What Vite says of a fault in the
 * sources is what the error says.
 */
export async function bundleWeb(root: string, folder: string, env: Record<string, string>, cancelled: AbortSignal): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const lines: string[] = [];
  const { code, last_line } = await runTool(
    process.execPath,
    [...exitWithParentFlags(), vite, "build", join(root, "dashboards/web"), "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"],
    { env, cwd: root, cancelled, onLine: (line) => lines.push(line) },
  );
  if (cancelled.aborted) throw new AppError("cancelled", "The build of the web application was stopped.");
  if (code !== 0) throw partError("The web application could not be built:", lines.join("\n") || last_line);
}
