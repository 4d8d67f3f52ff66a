import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { WAIT_LIMIT_MS } from "../timeLimits.ts";

const MAIN = fileURLToPath(new URL("../../../gpu-sidecar/main.ts", import.meta.url));

export interface SidecarProcess {
  readonly url: string;
  readonly pid: number;
  readonly data_dir: string;
  /** Everything that it wrote so far. */
  readonly output: () => string;
  /** Its training processes at this moment. */
  readonly childPids: () => number[];
  /** SIGKILL; resolves when the process is gone. The data folder stays. */
  readonly kill: () => Promise<void>;
  /** SIGTERM; resolves with the exit code. The data folder stays. */
  readonly stop: () => Promise<number | null>;
  /** Closes the IPC channel, as the death of its parent would; resolves with the exit code. */
  readonly disconnect: () => Promise<number | null>;
}

export interface SidecarOptions {
  /** A new temporary folder when not given; `temporaryFolder` makes one that is removed by `removeTemporaryFolders`. */
  readonly data_dir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a real sidecar on a free port and waits for its listening line. Rejects with its output when it ends instead. */
export async function startSidecarProcess(options: SidecarOptions = {}): Promise<SidecarProcess> {
  const data_dir = options.data_dir ?? temporaryFolder();
  const { child, output, exited } = spawnSidecar(data_dir, options.env ?? {});
  const url = await waitForUrl(output, exited);
  const signal = async (name: NodeJS.Signals) => {
    child.kill(name);
    return exited;
  };
  return {
    url,
    pid: child.pid ?? -1,
    data_dir,
    output,
    childPids: () => childPidsOf(child.pid ?? -1),
    kill: async () => {
      const children = childPidsOf(child.pid ?? -1);
      await signal("SIGKILL");
      children.forEach(resume);
    },
    stop: () => signal("SIGTERM"),
    disconnect: () => {
      if (child.connected) child.disconnect();
      return exited;
    },
  };
}

/** One that a test has stopped cannot see that its parent is gone, and would stay for ever. */
function resume(pid: number): void {
  try {
    process.kill(pid, "SIGCONT");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** For a sidecar that is expected to end by itself: its exit code and everything it wrote. */
export async function runSidecarToExit(
  data_dir: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; text: string }> {
  const { output, exited } = spawnSidecar(data_dir, env);
  return { code: await exited, text: output() };
}

function spawnSidecar(data_dir: string, env: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn(process.execPath, ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", MAIN], {
    env: { ...process.env, SIDECAR_PORT: "0", SIDECAR_DATA: data_dir, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  // Not "close": after a disconnect on this side that event never comes.
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve)).then(async (code) => {
    await Promise.all([child.stdout, child.stderr].map((stream) => stream && finished(stream)));
    return code;
  });
  return { child, exited, output: () => text };
}

async function waitForUrl(output: () => string, exited: Promise<number | null>): Promise<string> {
  const gone = { yes: false };
  void exited.then(() => {
    gone.yes = true;
  });
  for (let waited_ms = 0; waited_ms < WAIT_LIMIT_MS && !gone.yes; waited_ms += 20) {
    const url = /listening on (http:\/\/\S+)/.exec(output())?.[1];
    if (url !== undefined) return url;
    await sleep(20);
  }
  throw new Error(`the sidecar did not start:\n${output()}`);
}

const folders: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fx-sidecar-test-"));
  folders.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

function childPidsOf(pid: number): number[] {
  try {
    return execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map(Number);
  } catch (error) {
    if ((error as { status?: number }).status === 1) return []; // pgrep's answer for "none"
    throw error;
  }
}

/** False for a process that is gone, or is a zombie that only its new parent can bury. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/^\d+ \(.*\) Z/.test(readFileSync(stat, "utf8"));
}
