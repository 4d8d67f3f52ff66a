import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";

export interface ProcessGroup {
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** Starts a server in a group of its own: it starts others, which end with it only as a group. */
export function startGroup(command: string, args: readonly string[], folder: string): ProcessGroup {
  const child = spawn(command, args, { cwd: folder, stdio: "ignore", detached: true });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const end = (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) process.kill(-child.pid, signal);
  };
  // Ctrl-C does not reach a group of its own.
  const endAtOnce = () => end("SIGKILL");
  process.once("exit", endAtOnce);
  const stop = async () => {
    end("SIGTERM");
    await ended;
    process.off("exit", endAtOnce);
  };
  return { child, stop };
}

/** Waits until the server answers at the address; stops it and throws where it ends before, or never does. */
export async function untilUp({ child, stop }: ProcessGroup, name: string, address: string): Promise<void> {
  for (const deadline = Date.now() + WAIT_LIMIT_MS; ; await sleep(250)) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode} before it answered`);
    if (await isUp(address)) return;
    if (Date.now() < deadline) continue;
    await stop();
    throw new Error(`${name} did not answer at ${address}`);
  }
}

async function isUp(address: string): Promise<boolean> {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
}
