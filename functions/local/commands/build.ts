import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AppError } from "../../../shared/errors.ts";
import { buildWeb } from "../assets/buildWeb.ts";
import { buildWorker } from "../serve/buildWorker.ts";
import { OPTIONS_FILE } from "../serve/hostConfig.ts";
import { childEnvironment } from "../stack/stackPlan.ts";
import { displayPath } from "../stack/store.ts";
import { formatDuration } from "../text/formatDuration.ts";
import type { Command } from "./command.ts";

export const buildCommand: Command = {
  name: "build",
  summary: "bundle the Worker and its pages, for starts that build nothing",
  positionals: ["FOLDER"],
  options: {},
  details: [
    "With FX_WORKER_BUILD=FOLDER, fx serve runs what is there: it starts in seconds, writes nothing there, and needs neither wrangler nor Vite. The folder may be carried elsewhere. A former build that is there goes.",
  ],
  async run({ root, cwd, env, screen, cancelled }, args) {
    const build = resolve(cwd, args.positionals[0] ?? "");
    refuseForeignFolder(build);
    // What wrangler writes beside its bundles belongs to no store.
    const folder = mkdtempSync(join(tmpdir(), "fx-build-"));
    const began = Date.now();
    try {
      const plan = { root, env, build, store: { name: "build", folder, market: "sandbox" as const } };
      await buildWorker(plan, cancelled, buildWeb(root, childEnvironment(plan, {}), cancelled));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    screen.say(`The Worker and its pages are in ${displayPath(build)}, built in ${formatDuration(Date.now() - began)}.`);
    return 0;
  },
};

/** A folder that is emptied first must not hold what somebody misses afterwards. */
function refuseForeignFolder(folder: string): void {
  if (!existsSync(folder) || existsSync(join(folder, OPTIONS_FILE))) return;
  const [foreign] = readdirSync(folder);
  if (foreign === undefined) return;
  throw new AppError(
    "invalid_request",
    `The folder ${folder} is no build and holds other things (${foreign}, for example). Name a new or an empty folder.`,
  );
}
