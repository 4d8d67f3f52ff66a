import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { bundleWeb } from "./bundleWeb.ts";
import { makeWorkFolder } from "./makeWorkFolder.ts";
import { putInPlace } from "./putInPlace.ts";

/** Where wrangler.toml's `[assets]` has it. */
const PLACE = "assets/ui";
/** On the file system of that, so that a build is put there by a new name; not within it, where wrangler would watch and upload the halves. */
const WORK = "dashboards/web/dist";
/** A build's own file on which files it is of, by their paths in the checkout, with the SHA-256 of each. vite.config.ts writes it. */
const SOURCES = "sources.json";
const sourcesSchema = z.record(z.string(), z.string());

/**
 * Builds the web application of a checkout where its sources are others than those of the build that is there. Says how long it took in
 * ms; null: it is as it should be. A build that fails leaves the former one in its place. Several may build at once.
 */
export async function buildWeb(root: string, env: Record<string, string>, cancelled: AbortSignal): Promise<number | null> {
  if (isBuilt(root)) return null;
  const began = Date.now();
  const work = makeWorkFolder(join(root, WORK));
  try {
    const made = join(work, "made");
    await bundleWeb(root, made, env, cancelled);
    putInPlace(made, join(root, PLACE), join(work, "former"));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return Date.now() - began;
}

function isBuilt(root: string): boolean {
  if (!existsSync(join(root, PLACE, "index.html"))) return false;
  const sources = Object.entries(readSources(join(root, PLACE, SOURCES)) ?? {});
  return sources.length > 0 && sources.every(([path, hash]) => hashOf(join(root, path)) === hash);
}

/** Null where it cannot be told, as of a disk that was full: then it is built anew. */
function readSources(path: string): Readonly<Record<string, string>> | null {
  const text = readOrNull(path);
  if (text === null) return null;
  try {
    return sourcesSchema.parse(JSON.parse(text.toString()));
  } catch {
    return null;
  }
}

/** Null of a file that is not there. */
function hashOf(path: string): string | null {
  const bytes = readOrNull(path);
  return bytes && createHash("sha256").update(bytes).digest("hex");
}

function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}
