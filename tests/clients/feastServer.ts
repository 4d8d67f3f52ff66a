import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { pickFreePort } from "../../functions/local/processes/ports.ts";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";

export interface FeastServer {
  readonly url: string;
  stop(): Promise<void>;
}

const REDIS = process.env["FX_TEST_REDIS"] ?? "/usr/bin/redis-server";

/** Null, with the reason on the screen, where Redis cannot be had (Debian: apt-get install redis-server). */
export function redisServer(): string | null {
  if (existsSync(REDIS)) return REDIS;
  console.warn(`SKIPPED: there is no ${REDIS}, so that nothing is compared with the real feature server.`);
  return null;
}

/** The real `feast serve` of a virtual environment on a Redis of its own, with the registry of the folder, which becomes its repository. */
export async function startFeastServer(python: string, redis: string, folder: string): Promise<FeastServer> {
  const [redis_port, port] = [await pickFreePort(), await pickFreePort()];
  const store = start(redis, ["--port", String(redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], folder);
  const script = join(import.meta.dirname, "feastPeer.py");
  await promisify(execFile)(python, [script, "prepare", folder, `127.0.0.1:${redis_port}`]);
  const args = ["--chdir", folder, "serve", "--host", "127.0.0.1", "--port", String(port), "--workers", "1", "--no-access-log"];
  const server = start(join(dirname(python), "feast"), args, folder);
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await server.stop();
    await store.stop();
  };
  for (const deadline = Date.now() + WAIT_LIMIT_MS; Date.now() < deadline; await sleep(250)) {
    if (await isUp(`${url}/health`)) return { url, stop };
    if (server.child.exitCode !== null) break;
  }
  await stop();
  throw new Error(`feast serve did not answer at ${url}/health`);
}

/** A group of its own: gunicorn starts workers, which end with it only as a group. */
function start(command: string, args: readonly string[], folder: string) {
  const child: ChildProcess = spawn(command, args, { cwd: folder, stdio: "ignore", detached: true });
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

async function isUp(address: string): Promise<boolean> {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
}
