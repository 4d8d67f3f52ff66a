import type { Stats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../../shared/errors.ts";

export interface FoundFile {
  readonly path: string;
  /** Size on disk, compressed where the file is. */
  readonly bytes: number;
}

export interface FileKind {
  readonly extension: RegExp;
  /** In words: "candle", "news". */
  readonly what: string;
  /** Which extensions those are, for a sentence. */
  readonly expected: string;
}

/**
 * The files of a kind that the paths name: files as they are, folders with all that they hold, sorted, each once. What is no regular
 * file (a pipe that nobody writes to, a device without end, a link to nothing) is refused before it is opened.
 */
export async function findFiles(paths: readonly string[], kind: FileKind): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) found.push(...(await filesOf(path, kind)));
  return [...new Map(found.map((file) => [file.path, file])).values()];
}

async function filesOf(path: string, kind: FileKind): Promise<readonly FoundFile[]> {
  const info = await statOf(path);
  if (!info.isDirectory()) return [requireFile(path, info, kind)];
  const names = (await readdir(path, { recursive: true })).filter((name) => kind.extension.test(name)).sort();
  const files: FoundFile[] = [];
  for (const name of names) {
    const inner = await statOf(join(path, name));
    if (!inner.isDirectory()) files.push(requireFile(join(path, name), inner, kind));
  }
  if (files.length > 0) return files;
  throw refusal("not_found", path, `the folder holds no ${kind.what} file (${kind.expected})`);
}

function requireFile(path: string, info: Stats, { extension, what, expected }: FileKind): FoundFile {
  if (!info.isFile()) throw refusal("invalid_request", path, `not a ${what} file but ${describe(info)}`);
  if (!extension.test(path)) throw refusal("invalid_request", path, `not a ${what} file (${expected})`);
  return { path, bytes: info.size };
}

function describe(info: Stats): string {
  if (info.isFIFO()) return "a named pipe";
  return info.isSocket() ? "a socket" : "a device";
}

async function statOf(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT") throw refusal("not_found", path, await describeAbsence(path), cause);
    throw refusal("not_found", path, code === "ELOOP" ? "a link that leads back to itself" : (cause as Error).message, cause);
  }
}

async function describeAbsence(path: string): Promise<string> {
  const link = await lstat(path).catch(() => null);
  return link?.isSymbolicLink() ? "a link to a file that is not there" : "there is no such file or folder";
}

function refusal(code: "not_found" | "invalid_request", path: string, why: string, cause?: unknown): AppError {
  return new AppError(code, `${path}: ${why}`, {
    status: code === "not_found" ? 404 : 400,
    details: { file: path },
    ...(cause ? { cause } : {}),
  });
}
