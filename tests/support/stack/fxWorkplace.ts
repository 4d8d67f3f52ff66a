import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { COMPILE_CACHE } from "../../../functions/local/processes/nodeCommand.ts";
import { pickFreePort } from "../../../functions/local/processes/ports.ts";
import { type RunFile, readRunFile } from "../../../functions/local/stack/runFile.ts";
import { WAIT_LIMIT_MS } from "../timeLimits.ts";
import { type FxProcess, type FxResult, spawnFx } from "./fxProcess.ts";
import { markedProcesses } from "./markedProcesses.ts";
import { withTestBuild } from "./testBuild.ts";

/** Settings of whoever runs the tests, which must not change what they see. */
const FOREIGN =
  /^(FX_|OANDA_|SANDBOX_|SIDECAR_|SQLD_|NEWS_|FINGPT_|VITEST|INSTRUMENTS$|ADMIN_TOKEN$|MAX_PLAUSIBLE|TRAINING_DEVICE$|NODE_ENV$|NODE_OPTIONS$)/;
const MARK = "FX_TEST_MARK";
/** What a stopped command may still need to clear away; a watchdog gives its parts 1.5 s before it kills them. */

type Variables = Readonly<Record<string, string>>;

/** A temporary folder for stacks of their own: their stores, their TMPDIR, free ports, and a mark on every process. */
export interface FxWorkplace {
  readonly folder: string;
  /** What the processes of a stack are started with: the mark, a TMPDIR of its own, free ports. */
  environment(): Promise<Record<string, string>>;
  /** A store of this workplace, as a path for --store. */
  store(name: string): string;
  /** Starts a command, on ports of its own unless `env` gives some. */
  start(args: readonly string[], env?: Variables): Promise<FxProcess>;
  /** Runs a command to its end. */
  run(args: readonly string[], env?: Variables): Promise<FxResult>;
  /** Who runs the store: the addresses and the processes of its stack. */
  stackOf(store: string): RunFile;
  /** What the commands left in their temporary folder. */
  leftFiles(): string[];
  /** Living processes that the commands started, in words. */
  processes(): string[];
  /** Waits until all processes of all commands have ended, and fails with the list of those that do not. */
  untilNothingRuns(): Promise<void>;
  /** Ends what still runs and removes the folder. */
  remove(): void;
}

/** Two instruments and the fewest days: a bootstrap of seconds. */
export const SMALL = { INSTRUMENTS: "USD_SGD,EUR_USD" } as const;
export const SMALL_HISTORY = ["--history", "126"] as const;

export function createFxWorkplace(): FxWorkplace {
  const folder = mkdtempSync(join(tmpdir(), "fx-e2e-"));
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  const mark = randomUUID();
  const environment = async () => ({
    // As launch.mjs sets it, which starts a second process on an older Node.
    NODE_COMPILE_CACHE: COMPILE_CACHE,
    ...ownEnvironment(),
    TMPDIR: temporary,
    [MARK]: mark,
    ...(await portVariables()),
    ...withTestBuild(),
  });
  const start = async (args: readonly string[], env: Variables = {}) => spawnFx(args, { ...(await environment()), ...env }, folder);
  const processes = () => markedProcesses(mark).map(({ pid, command }) => `${pid} ${command}`);
  return {
    folder,
    environment,
    store: (name) => join(folder, name),
    start,
    run: async (args, env) => (await start(args, env)).result,
    stackOf(store) {
      const run = readRunFile(store);
      if (!run) throw new Error(`nobody runs ${store}`);
      return run;
    },
    leftFiles: () => readdirSync(temporary),
    processes,
    async untilNothingRuns() {
      for (const deadline = Date.now() + WAIT_LIMIT_MS; processes().length > 0; await sleep(50)) {
        if (Date.now() > deadline) throw new Error(`still running after ${WAIT_LIMIT_MS / 1_000} s:\n${processes().join("\n")}`);
      }
    },
    remove() {
      for (const { pid } of markedProcesses(mark)) killIfThere(pid);
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

export async function portVariables(sidecars = 1): Promise<Record<string, string>> {
  const ports = new Set<number>();
  while (ports.size < 3 + sidecars) ports.add(await pickFreePort());
  const [worker, sqld, sandbox, ...more] = [...ports].map(String) as [string, string, string, string];
  return { FX_WORKER_PORT: worker, FX_SQLD_PORT: sqld, FX_SIDECAR_PORT: more.join(","), FX_SANDBOX_PORT: sandbox };
}

function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
