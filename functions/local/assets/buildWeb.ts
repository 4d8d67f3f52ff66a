import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "../../../shared/errors.ts";
import { runTool } from "../commands/runTool.ts";
import { exitWithParentFlags } from "../processes/nodeCommand.ts";
import { partError } from "../text/localError.ts";

interface Places {
  /** Where wrangler.toml's `[assets]` has it. */
  readonly built: string;
  readonly cache: string;
  /** Of which files the build is, and what they held. */
  readonly record: string;
}

function placesIn(root: string): Places {
  const cache = join(root, "node_modules/.cache/fx-medallion");
  return { built: join(root, "assets/ui"), cache, record: join(cache, "web-sources.json") };
}

/**
 * Builds the web application of a checkout where its sources are others than those of the build that is there. Says how long it took in
 * ms; null: it is as it should be. A build that fails leaves the former one in its place.
 */
export async function buildWeb(root: string, env: Record<string, string>, cancelled: AbortSignal): Promise<number | null> {
  const places = placesIn(root);
  if (isBuilt(root, places)) return null;
  const began = Date.now();
  const made = join(places.cache, `web-${process.pid}`);
  const record = `${made}.json`;
  const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const lines: string[] = [];
  try {
    const { code } = await runTool(
      process.execPath,
      [...exitWithParentFlags(), vite, "build", join(root, "dashboards/web"), "--outDir", made, "--emptyOutDir", "--logLevel", "warn"],
      { env: { ...env, WEB_BUILD_RECORD: record }, cwd: root, cancelled, onLine: (line) => lines.push(line) },
    );
    if (code !== 0) throw partError("The web application could not be built:", lines.join("\n"));
    putInPlace(made, record, places);
  } finally {
    rmSync(made, { recursive: true, force: true });
    rmSync(record, { force: true });
  }
  return Date.now() - began;
}

/** Whoever reads in between finds no file, for as long as it takes to give a folder another name. */
function putInPlace(made: string, record: string, places: Places): void {
  const former = `${made}-former`;
  mkdirSync(dirname(places.built), { recursive: true });
  if (existsSync(places.built)) renameSync(places.built, former);
  try {
    renameSync(made, places.built);
  } catch (error) {
    // Another stack of this checkout that starts in this moment was faster; what it built is of the same sources.
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw new AppError("internal", `The web application was built, and could not be put into ${places.built}.`, { cause: error });
  }
  renameSync(record, places.record);
  rmSync(former, { recursive: true, force: true });
}

function isBuilt(root: string, { built, record }: Places): boolean {
  if (!existsSync(join(built, "index.html")) || !existsSync(record)) return false;
  const sources = JSON.parse(readFileSync(record, "utf8")) as Readonly<Record<string, string>>;
  return Object.entries(sources).every(([path, hash]) => hashOf(join(root, path)) === hash);
}

/** Null of a file that is not there. */
function hashOf(path: string): string | null {
  return existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : null;
}
