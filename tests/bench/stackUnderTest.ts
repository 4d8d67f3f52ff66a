import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import { databaseOf } from "../support/databases/databaseOf.ts";
import { portVariables, SMALL, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";
import { markedProcesses } from "../support/stack/markedProcesses.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";
import { killMarked } from "./killMarked.ts";
import { higherMemory, type Memory, memoryOf } from "./processMemory.ts";

const LAUNCHER = fileURLToPath(new URL("../../functions/local/launch.mjs", import.meta.url));
const MARK = "FX_BENCH_MARK";
/** Settings of whoever runs the bench, which must not change what is measured. */
const FOREIGN = /^(FX_|OANDA_|SANDBOX_|SIDECAR_|SQLD_|INSTRUMENTS$|ADMIN_TOKEN$|MAX_PLAUSIBLE|TRAINING_DEVICE$|NODE_ENV$|NODE_OPTIONS$)/;
const SERVING = /Serving at (http:\S+)/;
const STOP_WITHIN_MS = 20_000;
const SAMPLE_MS = 500;
const IDLE_AFTER_MS = 10_000;

/** `start`: wrangler dev; `serve`: the lean host. The names are fx's commands. */
export type StackHost = "start" | "serve";

export interface StackUnderTest {
  readonly host: StackHost;
  readonly url: string;
  openDatabase(): Database;
  /** From the launch to the first predictions on the screen. */
  readonly first_prediction_seconds: number;
  /** True when the store was empty: the start collected, trained and promoted first. */
  readonly bootstrapped: boolean;
  /** Highest memory from the launch to the first predictions, the fx command itself included. */
  readonly peak: Memory;
  /** Memory ten seconds after the first predictions, before anyone asks for anything. */
  readonly idle: Memory;
  memoryNow(): Memory;
  /** Of those of its processes whose command line matches. */
  memoryOf(command: RegExp): Memory;
  pidsOf(command: RegExp): number[];
  stop(): Promise<void>;
}

/** A store for what does not depend on how much is in it: it is up sooner, also beside other work. */
export const SMALL_STORE: StoreSize = { env: SMALL, args: SMALL_HISTORY };

/** What it is filled with at first; without it, what a user's is. */
export interface StoreSize {
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** The fx command; that of this checkout unless given. */
  readonly launcher?: string;
}

/** Starts stacks, one at a time, on one store in the folder. */
export function createStackStarter(folder: string, size?: StoreSize): (host: StackHost) => Promise<StackUnderTest> {
  let is_empty = true;
  return async (host) => {
    const stack = await startStack(folder, host, is_empty, size);
    is_empty = false;
    return stack;
  };
}

async function startStack(folder: string, host: StackHost, bootstrapped: boolean, size?: StoreSize): Promise<StackUnderTest> {
  const mark = randomUUID();
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
  const ports = await portVariables();
  const env = { ...own, [MARK]: mark, ...ports, ...size?.env };
  const store = join(folder, "store");
  const began = performance.now();
  const args = [size?.launcher ?? LAUNCHER, host, "--store", store, ...(size?.args ?? [])];
  const child = spawn(process.execPath, args, { env, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => stopStack(child, mark);
  try {
    const { url, peak } = await untilServing(child, mark);
    const first_prediction_seconds = (performance.now() - began) / 1_000;
    await sleep(IDLE_AFTER_MS);
    const memoryNow = () => memoryOf(pidsOf(mark));
    return {
      host,
      url,
      openDatabase: () => databaseOf(store),
      first_prediction_seconds,
      bootstrapped,
      peak,
      idle: memoryNow(),
      memoryNow,
      memoryOf: (command) => memoryOf(pidsOf(mark, command)),
      pidsOf: (command) => pidsOf(mark, command),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilServing(child: ChildProcess, mark: string): Promise<{ url: string; peak: Memory }> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  let peak: Memory = { rss_mb: 0, pss_mb: 0, private_mb: 0, processes: 0 };
  let sampled_at = 0;
  for (const deadline = Date.now() + TIME_LIMIT_MS; Date.now() < deadline; await sleep(20)) {
    const url = SERVING.exec(output)?.[1];
    if (url !== undefined) return { url, peak };
    if (hasEnded(child)) throw new Error(`fx ended with code ${child.exitCode} before it served:\n${output.slice(-2_000)}`);
    if (Date.now() - sampled_at < SAMPLE_MS) continue;
    sampled_at = Date.now();
    peak = higherMemory(peak, memoryOf(pidsOf(mark)));
  }
  throw new Error(`fx did not serve within ${TIME_LIMIT_MS / 1_000} s:\n${output.slice(-2_000)}`);
}

/** Asks fx to stop, and kills what is left when that takes too long: a bench leaves no process. */
async function stopStack(child: ChildProcess, mark: string): Promise<void> {
  child.kill("SIGINT");
  for (const deadline = Date.now() + STOP_WITHIN_MS; pidsOf(mark).length > 0 && Date.now() < deadline; ) await sleep(50);
  killMarked(mark);
  while (!hasEnded(child)) await sleep(20);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function pidsOf(mark: string, command = /./): number[] {
  return markedProcesses(mark)
    .filter((found) => command.test(found.command))
    .map(({ pid }) => pid);
}
