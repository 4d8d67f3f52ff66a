import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { pickFreePort } from "../../functions/local/processes/ports.ts";
import { startGroup, untilUp } from "./processGroup.ts";

export interface FeastServer {
  readonly url: string;
  stop(): Promise<void>;
}

const REDIS = process.env["FX_TEST_REDIS"] ?? "/usr/bin/redis-server";
/** It ends a worker after so many requests, 1,000 by default, and starts another: never, in a test. */
const REQUESTS_A_WORKER = String(10 ** 9);

/** Null, with the reason on the screen, where Redis cannot be had (Debian: apt-get install redis-server). */
export function redisServer(): string | null {
  if (existsSync(REDIS)) return REDIS;
  console.warn(`SKIPPED: there is no ${REDIS}, so that nothing is compared with the real feature server.`);
  return null;
}

/** The real `feast serve` of a virtual environment on a Redis of its own, with the registry of the folder, which becomes its repository. */
export async function startFeastServer(python: string, redis: string, folder: string): Promise<FeastServer> {
  const [redis_port, port] = [await pickFreePort(), await pickFreePort()];
  const store = startGroup(redis, ["--port", String(redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], folder);
  try {
    await promisify(execFile)(python, [join(import.meta.dirname, "feastPeer.py"), "prepare", folder, `127.0.0.1:${redis_port}`]);
    const where = ["--host", "127.0.0.1", "--port", String(port), "--workers", "1"];
    const args = ["--chdir", folder, "serve", ...where, "--no-access-log", "--max-requests", REQUESTS_A_WORKER];
    const server = startGroup(join(dirname(python), "feast"), args, folder);
    const url = `http://127.0.0.1:${port}`;
    await untilUp(server, "feast serve", `${url}/health`);
    const stop = async () => {
      await server.stop();
      await store.stop();
    };
    return { url, stop };
  } catch (error) {
    await store.stop();
    throw error;
  }
}
