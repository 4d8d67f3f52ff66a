import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { StoreSize } from "./stackUnderTest.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Of this checkout, and nothing of it is committed. */
const KEPT = join(ROOT, ".fx/bench-stores");
/** On a Tuesday, with London and New York open, minutes after the hour: what is measured is the same on a Sunday. */
const BEGUN_AT = "2026-03-03T13:05:00Z";
/** What a store is filled by, from the schema of its tables to the prices. Newer code than that which filled it serves it as it would a user's. */
const MADE_BY = ["migrations", "data/sandbox", "data/golden", "functions/local/stack/bootstrap.ts", "functions/local/stack/history.ts"];
const CLOCK_FILE = "clock.txt";
const STORE = "store";
/** Of a start, and made anew by each. */
const NOT_KEPT = ["logs", "worker-build"];

/** Fills the store in the folder, with this size, and says what its clock was at the end. */
export type FillStore = (folder: string, size: StoreSize) => Promise<string>;

/**
 * Puts a bootstrapped store of a user's size into the folder: the one that an earlier bench has kept, or one that is filled now, which takes
 * minutes, and kept. Its clock stood still meanwhile: with the size that is given back the stack goes on from there.
 */
export async function keptStore(
  folder: string,
  fill: FillStore,
  kept_in = KEPT,
  made_by = MADE_BY.map((path) => join(ROOT, path)),
): Promise<StoreSize> {
  const kept = join(kept_in, keyOf(made_by));
  if (!existsSync(join(kept, CLOCK_FILE))) {
    // What another schema or market has filled fits nothing any more.
    rmSync(kept_in, { recursive: true, force: true });
    const draft = `${kept}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    const clock = await fill(draft, sizeAt(BEGUN_AT));
    for (const name of NOT_KEPT) rmSync(join(draft, STORE, name), { recursive: true, force: true });
    writeFileSync(join(draft, CLOCK_FILE), clock);
    renameSync(draft, kept);
  }
  mkdirSync(folder, { recursive: true });
  cpSync(join(kept, STORE), join(folder, STORE), { recursive: true });
  return sizeAt(readFileSync(join(kept, CLOCK_FILE), "utf8"));
}

function sizeAt(clock: string): StoreSize {
  return { env: { FX_CLOCK: clock }, args: [] };
}

function keyOf(paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesOf)) hash.update(path.slice(ROOT.length)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex").slice(0, 16);
}

/** The file, or all of the folder, in an order that does not depend on the machine. */
function filesOf(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true, encoding: "utf8" });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
