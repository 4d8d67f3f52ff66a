import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../../../shared/errors.ts";
import { runTool } from "../commands/runTool.ts";
import { exitWithParentFlags } from "../processes/nodeCommand.ts";
import { partError } from "../text/localError.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");
/** Where wrangler.toml's `[assets]` has it. */
const BUILT = join(ROOT, "assets/ui");
const CACHE = join(ROOT, "node_modules/.cache/fx-medallion");
const RECORD = join(CACHE, "web-sources.json");

/** Builds the web application where its sources are others than those of the build that is there. Says how long it took in ms; null: it is as it should be. */
export async function buildWeb(env: Record<string, string>, cancelled: AbortSignal): Promise<number | null> {
  if (isBuilt()) return null;
  const began = Date.now();
  const made = join(CACHE, `web-${process.pid}`);
  const record = `${made}.json`;
  const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const lines: string[] = [];
  try {
    const { code } = await runTool(
      process.execPath,
      [...exitWithParentFlags(), vite, "build", join(ROOT, "dashboards/web"), "--outDir", made, "--emptyOutDir", "--logLevel", "warn"],
      { env: { ...env, WEB_BUILD_RECORD: record }, cwd: ROOT, cancelled, onLine: (line) => lines.push(line) },
    );
    if (code !== 0) throw partError("The web application could not be built:", lines.join("\n"));
    putInPlace(made, record);
  } finally {
    rmSync(made, { recursive: true, force: true });
    rmSync(record, { force: true });
  }
  return Date.now() - began;
}

/** Whoever reads in between finds no file, for as long as it takes to give a folder another name. */
function putInPlace(made: string, record: string): void {
  const former = `${made}-former`;
  mkdirSync(dirname(BUILT), { recursive: true });
  if (existsSync(BUILT)) renameSync(BUILT, former);
  try {
    renameSync(made, BUILT);
  } catch (error) {
    // Another stack of this checkout that starts in this moment was faster; what it built is of the same sources.
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw new AppError("internal", `The web application was built, and could not be put into ${BUILT}.`, { cause: error });
  }
  renameSync(record, RECORD);
  rmSync(former, { recursive: true, force: true });
}

function isBuilt(): boolean {
  if (!existsSync(join(BUILT, "index.html")) || !existsSync(RECORD)) return false;
  const sources = JSON.parse(readFileSync(RECORD, "utf8")) as Readonly<Record<string, string>>;
  return Object.entries(sources).every(([path, hash]) => hashOf(join(ROOT, path)) === hash);
}

/** Null of a file that is not there. */
function hashOf(path: string): string | null {
  return existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : null;
}
