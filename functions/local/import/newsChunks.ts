import { AppError } from "../../../shared/errors.ts";
import { isFields, parseJsonLine } from "./candleLine.ts";
import type { NewsFile } from "./findNewsFiles.ts";
import { openTextFile, readProblem } from "./openTextFile.ts";
import { readFeedFile } from "./readFeedFile.ts";
import { splitLines } from "./splitLines.ts";

/** Lines a request: half of what the Worker takes, so that it answers within seconds. */
const MAX_CHUNK_LINES = 2_000;
/** Well inside a request of 8 MB, with multi-byte text. */
const MAX_CHUNK_CHARACTERS = 2_000_000;
/** Before the first mark of a feed: byte order marks, the zeros of UTF-16, white space. */
const FIRST_MARK = /^[\xef\xbb\xbf\xfe\xff\0\s]*</;

export interface NewsChunk {
  readonly path: string;
  readonly ndjson: string;
  readonly lines: number;
}

export interface NewsReadOptions {
  /** Source of a feed's items, and of records that name none; null: a feed's is the name of its file, a record's is the Worker's default. */
  readonly source: string | null;
  /** A sentence about how the file was understood. */
  readonly note: (text: string) => void;
}

/**
 * The records of a file in requests, read as they are needed: lines of NDJSON, or the items of a feed. No article is judged here: a line
 * that is none is rejected with its reason. What cannot be read ends in one sentence that names the file.
 */
export async function* newsChunks(file: NewsFile, options: NewsReadOptions): AsyncGenerator<NewsChunk> {
  let open: string[] = [];
  let characters = 0;
  try {
    for await (const text of recordsOf(file, options)) {
      if (open.length > 0 && (open.length >= MAX_CHUNK_LINES || characters + text.length > MAX_CHUNK_CHARACTERS)) {
        yield toChunk(file.path, open);
        open = [];
        characters = 0;
      }
      open.push(text);
      characters += text.length + 1;
    }
    if (open.length > 0) yield toChunk(file.path, open);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const details = { file: file.path };
    throw new AppError("invalid_request", `${file.path}: ${readProblem(cause, file.is_gzip)}`, { status: 422, cause, details });
  }
}

async function* recordsOf(file: NewsFile, { source, note }: NewsReadOptions): AsyncGenerator<string> {
  if (file.format === "ndjson" && !(await beginsAsXml(file))) {
    yield* readLines(file, source);
    return;
  }
  const feed = await readFeedFile(file, source ?? file.source);
  note(feed.note);
  yield* feed.lines;
}

/** No record begins with a mark: a feed was saved under another name. */
async function beginsAsXml({ path, is_gzip }: NewsFile): Promise<boolean> {
  const opened = openTextFile(path, is_gzip);
  try {
    for await (const chunk of opened.content as AsyncIterable<Buffer>) return FIRST_MARK.test(chunk.toString("latin1", 0, 1_024));
    return false;
  } finally {
    opened.close();
  }
}

async function* readLines({ path, is_gzip }: NewsFile, source: string | null): AsyncGenerator<string> {
  const opened = openTextFile(path, is_gzip);
  try {
    for await (const { text } of splitLines(opened.content)) yield source === null ? text : withSource(text, source);
  } finally {
    opened.close();
  }
}

function withSource(text: string, source: string): string {
  const record = parseJsonLine(text);
  return isFields(record) && (record["source"] ?? null) === null ? JSON.stringify({ ...record, source }) : text;
}

function toChunk(path: string, lines: readonly string[]): NewsChunk {
  return { path, ndjson: `${lines.join("\n")}\n`, lines: lines.length };
}
