import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "drizzle-orm/libsql/migrator";
import { createDatabase, type Database } from "../../../functions/adapters/libsql/database.ts";
import { sqldArguments, sqldBinary } from "../../../functions/local/stack/parts/sqldPart.ts";
import { freePort } from "../stack/freePort.ts";

export interface SqldProcess {
  readonly url: string;
  readonly database: Database;
  readonly pid: number;
  /** Its data. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** A real sqld on a folder of its own, migrated: an empty one, or `made`, which goes with it. */
export async function startSqld(made?: string): Promise<SqldProcess> {
  const folder = made ?? (await mkdtemp(join(tmpdir(), "fx-sqld-")));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(sqldBinary(), sqldArguments(folder, `127.0.0.1:${port}`), { stdio: "ignore" });
  await untilHealthy(url, child);
  const database = createDatabase(url);
  await migrate(database, { migrationsFolder: join(import.meta.dirname, "../../../migrations") });
  return {
    url,
    database,
    pid: child.pid ?? -1,
    folder,
    stop: async () => {
      await stopChild(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`sqld ended with code ${child.exitCode} before it was up`);
    const isUp = await fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`sqld did not come up at ${url}`);
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}
