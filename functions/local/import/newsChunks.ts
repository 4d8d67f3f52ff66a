import { AppError } from "../../../shared/errors.ts";
import { findFiles } from "./findFiles.ts";
import { openTextFile } from "./openTextFile.ts";
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
  return (await findFiles(paths, { extension: NEWS_FILE, what: "news", expected: EXPECTED })).map(({ path }) => path);
}

/** The lines of a file in requests, read as they are needed. Nothing is judged here: a line that is no article is rejected with its reason. */
export async function* newsChunks(path: string): AsyncGenerator<NewsChunk> {
  const opened = openTextFile(path, path.toLowerCase().endsWith(".gz"));
  let open: string[] = [];
  let characters = 0;
  try {
    for await (const { text } of splitLines(opened.content)) {
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
    opened.close();
  }
}

function toChunk(path: string, lines: readonly string[]): NewsChunk {
  return { path, ndjson: `${lines.join("\n")}\n`, lines: lines.length };
}
