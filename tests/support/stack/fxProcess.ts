import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { WAIT_LIMIT_MS } from "../timeLimits.ts";

const FX = fileURLToPath(new URL("../../../functions/local/fx.ts", import.meta.url));
/** As in the scripts of package.json. */
const NODE_FLAGS = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];

export interface FxResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An fx command that runs. */
export interface FxProcess {
  readonly pid: number;
  /** Everything that it wrote so far, both streams. */
  readonly output: () => string;
  readonly result: Promise<FxResult>;
  /** Waits for a line; fails, with everything that was written, when the command ends before it, or takes too long. */
  readonly says: (pattern: RegExp) => Promise<void>;
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** Starts `fx ARGS` as a user would. */
export function spawnFx(args: readonly string[], env: Readonly<Record<string, string>>, cwd: string): FxProcess {
  const child = spawn(process.execPath, [...NODE_FLAGS, FX, ...args], { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
  const written = { stdout: "", stderr: "", both: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      written[stream] += text;
      written.both += text;
    });
  }
  const result = new Promise<FxResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout: written.stdout, stderr: written.stderr }));
  });
  const output = () => written.both;
  return {
    pid: child.pid ?? -1,
    output,
    result,
    says: (pattern) => says(child, output, pattern),
    signal: (signal) => void child.kill(signal),
  };
}

async function says(child: ChildProcess, output: () => string, pattern: RegExp): Promise<void> {
  for (const deadline = Date.now() + WAIT_LIMIT_MS; !pattern.test(output()); await sleep(20)) {
    const isOver = child.exitCode !== null || child.signalCode !== null;
    if (isOver && !pattern.test(output())) throw new Error(`fx ended before it said ${pattern}:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`fx did not say ${pattern} within ${WAIT_LIMIT_MS / 1_000} s:\n${output()}`);
  }
}
