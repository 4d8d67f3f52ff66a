import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pickFreePort } from "../../functions/local/processes/ports.ts";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";

export interface MlflowServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** The real `mlflow server` of a virtual environment, on a SQLite file in the folder. */
export async function startMlflowServer(python: string, folder: string): Promise<MlflowServer> {
  const port = await pickFreePort();
  const url = `http://127.0.0.1:${port}`;
  const places = [
    "--backend-store-uri",
    `sqlite:///${join(folder, "mlflow.sqlite")}`,
    "--artifacts-destination",
    join(folder, "artifacts"),
  ];
  const args = ["server", ...places, "--host", "127.0.0.1", "--port", String(port), "--workers", "1"];
  // A group of its own: the server starts others, which end with it only as a group.
  const child = spawn(join(dirname(python), "mlflow"), args, { cwd: folder, stdio: "ignore", detached: true });
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
  for (const deadline = Date.now() + WAIT_LIMIT_MS; ; await sleep(250)) {
    if (child.exitCode !== null) throw new Error(`mlflow server ended with ${child.exitCode} before it answered`);
    if (await isUp(`${url}/health`)) return { url, stop };
    if (Date.now() < deadline) continue;
    await stop();
    throw new Error(`mlflow server did not answer at ${url}/health`);
  }
}

async function isUp(address: string): Promise<boolean> {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
}
