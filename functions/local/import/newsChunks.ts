import { createReadStream, type Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "../../../shared/errors.ts";
import { splitLines } from "./splitLines.ts";

const NEWS_FILE = /\.(ndjson|jsonl)(\.gz)?$/i;
const EXPECTED = "expected .ndjson or .jsonl, each also with .gz";
/** Lines a request: half of what the Worker takes, so that it answers within seconds. */
const MAX_CHUNK_LINES = 2_000;
/** Well inside a request of 8 MB, with multi-byte text. */
const MAX_CHUNK_CHARACTERS = 2_000_000;

export interface NewsChunk {
  readonly path: string;
  readonly ndjson: string;
  readonly lines: number;
}

/** The news files that the paths name: files as they are, folders with all that they hold, sorted. */
export async function findNewsFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) found.push(...(await filesOf(path)));
  return [...new Set(found)];
}

async function filesOf(path: string): Promise<readonly string[]> {
  const info = await statOf(path);
  if (!info.isDirectory()) {
    if (NEWS_FILE.test(path)) return [path];
    throw new AppError("invalid_request", `${path}: not a news file (${EXPECTED})`, { status: 400, details: { file: path } });
  }
  const names = (await readdir(path, { recursive: true })).filter((name) => NEWS_FILE.test(name)).sort();
  if (names.length > 0) return names.map((name) => join(path, name));
  throw new AppError("not_found", `${path}: the folder holds no news file (${EXPECTED})`, { status: 404, details: { file: path } });
}

async function statOf(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file or folder" : (cause as Error).message;
    throw new AppError("not_found", `${path}: ${why}`, { status: 404, cause, details: { file: path } });
  }
}

/** The lines of a file in requests, read as they are needed. Nothing is judged here: a line that is no article is rejected with its reason. */
export async function* newsChunks(path: string): AsyncGenerator<NewsChunk> {
  const disk = createReadStream(path, { highWaterMark: 256 * 1024 });
  // pipeline hands an error of either stream to the last one, where the reader meets it; the callback has nothing to add.
  const content = path.toLowerCase().endsWith(".gz") ? pipeline(disk, createGunzip(), () => undefined) : disk;
  let open: string[] = [];
  let characters = 0;
  try {
    for await (const { text } of splitLines(content)) {
      if (open.length > 0 && (open.length >= MAX_CHUNK_LINES || characters + text.length > MAX_CHUNK_CHARACTERS)) {
        yield toChunk(path, open);
        open = [];
        characters = 0;
      }
      open.push(text);
      characters += text.length + 1;
    }
    if (open.length > 0) yield toChunk(path, open);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("invalid_request", `${path}: ${(cause as Error).message}`, { status: 422, cause, details: { file: path } });
  } finally {
    disk.destroy();
  }
}

function toChunk(path: string, lines: readonly string[]): NewsChunk {
  return { path, ndjson: `${lines.join("\n")}\n`, lines: lines.length };
}
