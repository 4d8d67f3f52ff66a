import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { makeFolders } from "../stack/makeFolders.ts";
import { copyHashed } from "./copyHashed.ts";
import { readSqlite } from "./openSqlite.ts";
import { snapshotSqlite } from "./snapshotSqlite.ts";

/** Objects that are replaced while they are copied: /health's is, twice a minute. */
const TRIES = 20;
const IN_PARALLEL = 8;

/** What a Workers runtime keeps of one of its stores: "kv" or "r2", below the folder of its state. */
export interface RuntimeState {
  /** The store's folder with it. */
  readonly from: string;
  /** The folder of the copy. */
  readonly to: string;
}

/** One value or object: its key, and the file of its content. */
export interface RuntimeObject {
  readonly key: string;
  readonly blob: string;
}

/** What a copy has, by key; `lost`: keys that stand in it without a content, since the store has none for them. */
export interface RuntimeCopy {
  readonly objects: readonly RuntimeObject[];
  readonly lost: readonly string[];
}

/**
 * Copies a runtime's KV or R2 as it is at one moment, whoever writes it meanwhile. Its keys stand in SQLite, and each content in a file that is
 * never changed: a new content is a new file, which is there before its key, and only then the old one is removed. So the keys are taken first,
 * and where a file that they name is gone by then, they are taken again. What is gone for good the store itself has lost.
 */
export async function copyRuntimeState(state: RuntimeState): Promise<RuntimeCopy> {
  if (!existsSync(state.from)) return { objects: [], lost: [] };
  for (let tries = 1; ; tries++) {
    const objects = await copyKeys(state);
    const gone = await copyBlobs(objects, state);
    if (gone.size > 0 && tries < TRIES) continue;
    const lost = objects.filter(({ blob }) => gone.has(blob)).map(({ key }) => key);
    return { objects: objects.filter(({ blob }) => !gone.has(blob)), lost };
  }
}

async function copyKeys({ from, to }: RuntimeState): Promise<readonly RuntimeObject[]> {
  const files = filesBelow(from);
  const databases = files.filter((file) => file.endsWith(".sqlite"));
  for (const file of databases) {
    const copy = join(to, file);
    rmSync(copy, { force: true });
    makeFolders(join(copy, ".."));
    await snapshotSqlite(join(from, file), copy);
  }
  const objects = (await Promise.all(databases.map((file) => objectsOf(join(to, file))))).flat();
  return objects.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** Every table of theirs that has files names them in the same column, whatever else it is about. */
const TABLES = `SELECT m.name AS "table", EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'key') AS has_key
  FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'blob_id' WHERE m.type = 'table'`;

async function objectsOf(database: string): Promise<readonly RuntimeObject[]> {
  const found: RuntimeObject[] = [];
  for (const { table, has_key } of await readSqlite(database, TABLES)) {
    const sql = `SELECT ${has_key === 1 ? "key" : "''"} AS key, blob_id AS blob FROM "${String(table)}" WHERE blob_id IS NOT NULL`;
    for (const { key, blob } of await readSqlite(database, sql)) found.push({ key: String(key), blob: String(blob) });
  }
  return found;
}

/** Those that are there already were copied by an earlier look; what is not named any more goes. Returns those whose file is gone. */
async function copyBlobs(objects: readonly RuntimeObject[], { from, to }: RuntimeState): Promise<ReadonlySet<string>> {
  const homes = homesOf(from);
  const named = new Set(objects.map(({ blob }) => blob));
  const there = new Map([...homesOf(to)].filter(([blob]) => named.has(blob)));
  for (const [blob, home] of homesOf(to)) if (!named.has(blob)) rmSync(join(to, home, blob));
  const missing = [...named].filter((blob) => !there.has(blob));
  const gone = new Set<string>();
  const lane = async (first: number) => {
    for (let at = first; at < missing.length; at += IN_PARALLEL) {
      const blob = missing[at]!;
      const home = homes.get(blob);
      if (home === undefined || !(await copyIfThere(join(from, home, blob), join(to, home, blob)))) gone.add(blob);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: IN_PARALLEL }, (_, first) => lane(first)));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  return gone;
}

/** The folder, below that of the runtime's store, that each content lies in. */
function homesOf(folder: string): ReadonlyMap<string, string> {
  const files = filesBelow(folder).filter((file) => basename(dirname(file)) === "blobs");
  return new Map(files.map((file) => [basename(file), dirname(file)]));
}

/** False, and nothing of it is left, where the file was removed since it was listed. */
export async function copyIfThere(from: string, to: string): Promise<boolean> {
  try {
    await copyHashed(from, to);
    return true;
  } catch (error) {
    rmSync(to, { force: true });
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && path === from) return false;
    throw error;
  }
}

/** Paths of all files below a folder, relative to it; none where there is no such folder. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
