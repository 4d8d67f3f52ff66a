import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createWorkerClient } from "../../functions/local/client/workerClient.ts";
import { catalogueOf, feastSettings, writeRepository } from "../../functions/local/commands/featuresFeastRegistry.ts";
import { pickFreePort } from "../../functions/local/processes/ports.ts";
import { feastRegistry } from "../../shared/feast/feastRegistry.ts";
import { clientVenv } from "../clients/clientVenv.ts";
import { redisServer, startFeastServer } from "../clients/feastServer.ts";
import { startGroup } from "../clients/processGroup.ts";
import type { Measured } from "./section.ts";
import { createStackStarter, SMALL_STORE, type StackHost } from "./stackUnderTest.ts";

const PEER = fileURLToPath(new URL("../clients/feastPeer.py", import.meta.url));

/** Where Feast or Redis cannot be had, one row that says so; else what the work measures. */
export async function withFeastTools(
  work: (tools: { readonly python: string; readonly redis: string; readonly folder: string }) => Promise<readonly Measured[]>,
): Promise<readonly Measured[]> {
  const [python, redis] = [clientVenv("feast"), redisServer()];
  if (python === null || redis === null) return [{ label: "not measured: Feast or Redis cannot be had here", text: "SKIPPED", values: {} }];
  const folder = mkdtempSync(join(tmpdir(), "fx-beside-feast-"));
  try {
    return await work({ python, redis, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** A stack, and a real `feast serve` on Redis with the same registry, which holds the stack's newest rows. */
export function withFeastServer(
  host: StackHost,
  work: (both: { readonly ours: string; readonly theirs: string }) => Promise<readonly Measured[]>,
): Promise<readonly Measured[]> {
  return withFeastTools(async ({ python, redis, folder }) => {
    const stack = await createStackStarter(folder, SMALL_STORE)(host);
    try {
      const repository = join(folder, "repository");
      mkdirSync(repository);
      const client = createWorkerClient({ base_url: stack.url, admin_token: null }, new AbortController().signal);
      await writeRepository(repository, feastRegistry(await catalogueOf(client), Date.now()), feastSettings(stack.url, false));
      const server = await startFeastServer(python, redis, repository);
      try {
        await promisify(execFile)(python, [PEER, "copy", repository, stack.url, server.url]);
        return await work({ ours: stack.url, theirs: server.url });
      } finally {
        await server.stop();
      }
    } finally {
      await stack.stop();
    }
  });
}

/** Runs the work with the address of an empty Redis. */
export async function withRedis<Result>(redis: string, folder: string, work: (address: string) => Promise<Result>): Promise<Result> {
  const port = await pickFreePort();
  const store = startGroup(redis, ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], folder);
  try {
    return await work(`127.0.0.1:${port}`);
  } finally {
    await store.stop();
  }
}
