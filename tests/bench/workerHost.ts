import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFolder, buildWorker } from "../../functions/local/serve/buildWorker.ts";
import { createHost } from "../../functions/local/serve/createHost.ts";
import { startSqld } from "../support/databases/sqldProcess.ts";
import { freePort } from "../support/stack/freePort.ts";
import { type OpenParts, openParts } from "../support/stack/openParts.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NOWHERE = "http://127.0.0.1:9";

export type WorkerHost = Awaited<ReturnType<typeof startWorkerHost>>;

/**
 * The host of fx serve with a real sqld, and a Worker of the bench in it, by its file. Its bindings and the settings of its queues are those
 * of wrangler.toml.
 */
export function startWorkerHost(entry: string, more: Readonly<Record<string, string>> = {}) {
  return openParts((parts) => openHost(parts, entry, more));
}

async function openHost(parts: OpenParts, entry: string, more: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "fx-worker-"));
  parts.add(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  const config = readFileSync(join(ROOT, "wrangler.toml"), "utf8").replace(/^main = .*$/m, `main = ${JSON.stringify(entry)}`);
  writeFileSync(join(folder, "wrangler.toml"), config);
  // The folder of [assets] has to be there: no page is asked for.
  mkdirSync(join(folder, "assets"));
  const plan = { root: folder, store: { folder } as never, env: process.env, build: buildFolder({ folder }) };
  await buildWorker(plan, new AbortController().signal);
  const sqld = await startSqld();
  parts.add(() => sqld.stop());
  const [port, cron_port, stores_port] = await Promise.all([freePort(), freePort(), freePort()]);
  const variables = { SQLD_URL: sqld.url, SIDECAR_URL: NOWHERE, MARKET_ORIGIN: "import", ...more };
  const host = createHost({
    build: plan.build,
    host: "127.0.0.1",
    port,
    whole_port: port,
    cron_port,
    stores_port,
    stores_token: "s",
    persist_to: join(folder, "state"),
    variables,
  });
  parts.add(() => host.dispose());
  await host.ready;
  const call = async (path: string): Promise<Response> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return { call, database: sqld.database, stop: parts.close };
}
