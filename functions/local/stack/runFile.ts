import { linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../../shared/errors.ts";
import { identifyProcess, isSameProcess, type ProcessIdentity } from "../processes/processIdentity.ts";
import { writeWhole } from "./writeWhole.ts";

/**
 * `<store>/run.json` says who runs a store: it is the lock of the store, the address of its stack, what its parts ask for, and the
 * list of processes that the next start clears away when this one was killed. sqld does not lock its folder itself. Only its owner may
 * read it.
 */
const identitySchema = z.object({ pid: z.int().positive(), boot: z.string(), started: z.number() });

const runFileSchema = z.object({
  fx: identitySchema,
  started_at: z.string(),
  market: z.enum(["sandbox", "real"]),
  worker_url: z.string(),
  ports: z.record(z.string(), z.number()),
  /** Bearer tokens of the parts, by the names of their ports. A file of an earlier version has none. */
  tokens: z.record(z.string(), z.string()).default({}),
  /** Each leads a process group of its own. */
  parts: z.array(identitySchema.extend({ name: z.string() })),
});
export type RunFile = z.infer<typeof runFileSchema>;

export type RunPart = RunFile["parts"][number];

export function runFilePath(folder: string): string {
  return join(folder, "run.json");
}

/** What the file says; null when there is none or it is not whole. */
export function readRunFile(folder: string): RunFile | null {
  try {
    const parsed = runFileSchema.safeParse(JSON.parse(readFileSync(runFilePath(folder), "utf8")));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The run of a store whose fx is alive; null otherwise. */
export function liveRun(folder: string): RunFile | null {
  const run = readRunFile(folder);
  return run && isSameProcess(run.fx) ? run : null;
}

export interface StoreClaim {
  /** The run that was killed before it could clean up; its parts may still live. */
  readonly leftover: RunFile | null;
  update(change: Partial<Pick<RunFile, "parts">>): void;
  release(): void;
}

/** Makes this process the only one that runs the store, or fails with run_exists and says who does. */
export function claimStore(
  folder: string,
  facts: Pick<z.input<typeof runFileSchema>, "market" | "worker_url" | "ports" | "tokens" | "started_at">,
): StoreClaim {
  const fx = identifyProcess(process.pid) as ProcessIdentity;
  let mine: RunFile = runFileSchema.parse({ fx, parts: [], ...facts });
  const leftover = takeFile(folder, mine);
  return {
    leftover,
    update(change) {
      mine = { ...mine, ...change };
      replaceFile(folder, mine);
    },
    release() {
      if (readRunFile(folder)?.fx.pid === process.pid) rmSync(runFilePath(folder), { force: true });
    },
  };
}

/** A link is made only when the name is free, with its content complete: of two that start at once, one wins. */
function takeFile(folder: string, mine: RunFile): RunFile | null {
  const path = runFilePath(folder);
  let draft = writeDraft(folder, mine);
  let leftover: RunFile | null = null;
  try {
    for (let tries = 0; tries < 5; tries++) {
      if (tryLink(draft, path)) return leftover;
      const owner = readRunFile(folder);
      if (owner && isSameProcess(owner.fx)) throw inUse(folder, owner);
      leftover = owner ?? leftover;
      // Until they are cleared away, the dead run's processes stay on record, should this start be killed too.
      if (owner) draft = writeDraft(folder, { ...mine, parts: owner.parts });
      moveAside(folder, owner);
    }
    throw new AppError("run_exists", `${path} keeps changing: several starts fight for the store ${folder}. Stop them and start one.`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a dead run's file by renaming it; if another start has replaced it meanwhile, its file is put back. */
function moveAside(folder: string, dead: RunFile | null): void {
  const path = runFilePath(folder);
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = readFileSync(aside, "utf8");
  if (dead !== null && !moved.includes(`"pid":${dead.fx.pid},`)) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function replaceFile(folder: string, run: RunFile): void {
  writeWhole(runFilePath(folder), render(run));
}

function writeDraft(folder: string, run: RunFile): string {
  const draft = `${runFilePath(folder)}.${process.pid}.new`;
  writeWhole(draft, render(run));
  return draft;
}

function render(run: RunFile): string {
  return `${JSON.stringify(run)}\n`;
}

function inUse(folder: string, owner: RunFile): AppError {
  return new AppError(
    "run_exists",
    `A stack already runs on the store ${folder}: fx process ${owner.fx.pid} since ${owner.started_at}, at ${owner.worker_url}. Stop it first (Ctrl-C there, or kill ${owner.fx.pid}), or use another store with --store.`,
    { details: { pid: owner.fx.pid } },
  );
}
