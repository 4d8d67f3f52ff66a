import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../../shared/errors.ts";
import { makeFolders } from "../stack/makeFolders.ts";
import { displayPath } from "../stack/store.ts";
import { copyHashed } from "./copyHashed.ts";
import { type CopyOddities, copyNotes } from "./copyNotes.ts";
import { waitingPredictions } from "./journalCopy.ts";
import { copyIfThere, copyRuntimeState, filesBelow, type RuntimeCopy, type RuntimeObject } from "./objectCopy.ts";
import { readSqlite } from "./openSqlite.ts";
import { requireSoundSqlite, snapshotSqlite } from "./snapshotSqlite.ts";
import { databaseFile } from "./storeSchema.ts";

/** A promotion or a materialization within a snapshot of a second is met once in many backups. */
const ONLINE_TRIES = 10;
const LAKE_TRIES = 3;
const PAUSE_MS = 200;

/** The folder of each sidecar of the store: sidecar, sidecar-2 and so on. */
const SIDECAR = /^sidecar(-\d+)?$/;
/** Files that are half written end in this, as the sidecar names them. */
const HALF_WRITTEN = ".tmp";

/**
 * Copies all that a store keeps into an empty folder, as it is at one moment, while a stack runs on it or not. The order is what makes it agree:
 *
 * 1. the predictions that wait for the database, since those that come into it meanwhile are then met twice, and none is missed;
 * 2. the online store, the database, and the online store's keys again: what it held did not change while the database was copied;
 * 3. the lake, in which what the database names was there before it was named. Where something is gone since, it was deleted with its row,
 *    and both are taken again;
 * 4. the sidecars' jobs, each of which has its result before the database knows of it.
 *
 * What is not copied is made anew: builds, logs, caches, and who runs the store.
 * @returns sentences about what is odd
 */
export async function copyStore(store_folder: string, to: string): Promise<readonly string[]> {
  const database = databaseFile(store_folder);
  if (!existsSync(database)) {
    throw new AppError("not_found", `The store ${displayPath(store_folder)} has no database yet: nothing was ever stored in it.`);
  }
  for (const name of ["store.json", "keys.json"])
    if (existsSync(join(store_folder, name))) await copyHashed(join(store_folder, name), join(to, name));
  await copyJournal(store_folder, to);
  const notes = await copyRecord(store_folder, to);
  for (const name of readdirSync(store_folder).filter((one) => SIDECAR.test(one)))
    await copySidecar(join(store_folder, name), join(to, name));
  await requireSoundSqlite(databaseFile(to), "quick_check");
  return notes;
}

async function copyJournal(store_folder: string, to: string): Promise<void> {
  const folder = join(to, "journal");
  makeFolders(folder);
  const waiting = waitingPredictions(store_folder);
  if (waiting.length > 0) writeFileSync(join(folder, "00000001.journal"), waiting, { mode: 0o600, flush: true });
  const refused = join(store_folder, "journal", "refused.ndjson");
  if (existsSync(refused)) await copyHashed(refused, join(folder, "refused.ndjson"));
}

/** Database, online store and lake, of one moment. */
async function copyRecord(store_folder: string, to: string): Promise<readonly string[]> {
  for (let tries = 1; ; tries++) {
    const online = await copyWithOnline(store_folder, to);
    const { objects, lost } = await copyRuntimeState(stateOf("r2", store_folder, to));
    const lake_missing = await missingObjects(databaseFile(to), objects);
    if (lake_missing.length > 0 && tries < LAKE_TRIES) continue;
    return copyNotes({ ...online, lake_missing, lake_lost: lost.filter((key) => !lake_missing.includes(key)) });
  }
}

async function copyWithOnline(store_folder: string, to: string): Promise<Pick<CopyOddities, "online_moved" | "online_lost">> {
  const [online, database] = [stateOf("kv", store_folder, to), databaseFile(to)];
  for (let tries = 1; ; tries++, await sleep(PAUSE_MS)) {
    const before = await copyRuntimeState(online);
    rmSync(database, { force: true });
    makeFolders(dirname(database));
    await snapshotSqlite(databaseFile(store_folder), database);
    if (isSame(before, await keysNow(online))) return { online_moved: null, online_lost: before.lost };
    // Values that are pushed all the time: those of before the snapshot stay.
    if (tries === ONLINE_TRIES) return { online_moved: tries, online_lost: before.lost };
  }
}

function stateOf(kind: "kv" | "r2", store_folder: string, to: string) {
  const path = join("worker", "v3", kind);
  return { from: join(store_folder, path), to: join(to, path) };
}

/** What the online store holds by now, into a copy that is thrown away. */
async function keysNow({ from, to }: { readonly from: string; readonly to: string }): Promise<RuntimeCopy> {
  const again = `${to}.again`;
  try {
    return await copyRuntimeState({ from, to: again });
  } finally {
    rmSync(again, { recursive: true, force: true });
  }
}

function isSame(one: RuntimeCopy, other: RuntimeCopy): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Each query gives keys of the lake that rows name; of a model, the one file without which it is none. */
const NAMED = [
  "SELECT key FROM bronze_objects",
  "SELECT key FROM news_objects",
  "SELECT key FROM datasets",
  "SELECT source || '/model_card.json' AS key FROM model_versions WHERE source LIKE 'models/%'",
];

async function missingObjects(database: string, lake: readonly RuntimeObject[]): Promise<readonly string[]> {
  const there = new Set(lake.map(({ key }) => key));
  const missing: string[] = [];
  for (const sql of NAMED) {
    if (!(await hasTable(database, / FROM (\w+)/.exec(sql)![1]!))) continue;
    for (const { key } of await readSqlite(database, sql)) if (!there.has(String(key))) missing.push(String(key));
  }
  return missing;
}

/** A store of an earlier schema may lack one. */
async function hasTable(database: string, name: string): Promise<boolean> {
  return (await readSqlite(database, `SELECT 1 AS found FROM sqlite_master WHERE type = 'table' AND name = '${name}'`)).length > 0;
}

/** Jobs and data sets, each a file that is replaced as a whole; what was removed since it was listed is not needed. */
async function copySidecar(from: string, to: string): Promise<void> {
  for (const folder of ["datasets", "jobs"]) {
    const files = filesBelow(join(from, folder)).filter((name) => !name.endsWith(HALF_WRITTEN));
    for (const file of files) await copyIfThere(join(from, folder, file), join(to, folder, file));
  }
}
