import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Miniflare } from "miniflare";
import { createKvOnlineStore } from "../../functions/adapters/kvOnlineStore.ts";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import { createR2ObjectStore } from "../../functions/adapters/r2ObjectStore.ts";
import { inboxFolder } from "../../functions/local/journal/inboxFolder.ts";
import { buildFolder, buildWorker } from "../../functions/local/serve/buildWorker.ts";
import { createHost } from "../../functions/local/serve/createHost.ts";
import { servingFlags } from "../../functions/local/stack/wranglerTool.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { INSTRUMENTS } from "../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../support/ports/testPorts.ts";
import { freePort } from "../support/stack/freePort.ts";
import { startJournal } from "../support/stack/journalProcess.ts";
import { type OpenParts, openParts } from "../support/stack/openParts.ts";
import { startServingHost } from "../support/stack/servingHost.ts";
import { addServedModel } from "./servedModel.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const HOST = "127.0.0.1";
const NOWHERE = "http://127.0.0.1:9";
const TOKEN = "bench";

export type ServingUnderTest = Awaited<ReturnType<typeof startServing>>;

/**
 * What `fx serve` answers predictions with, without the rest of a stack: the runtimes of both Workers, libSQL and the journal, and a model of
 * nightly size in Production. `by`: what answers them. `variables`: the Worker's, over those.
 */
export function startServing(by: "workerd" | "node" = "workerd", variables: Readonly<Record<string, string>> = {}) {
  return openParts((parts) => openServing(parts, by, variables));
}

async function openServing(parts: OpenParts, by: "workerd" | "node", variables: Readonly<Record<string, string>>) {
  const removing = (path: string) => async () => rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  const folder = mkdtempSync(join(tmpdir(), "fx-serving-"));
  parts.add(removing(folder));
  const store = { name: "bench", folder, market: "sandbox" as const };
  const plan = { root: ROOT, store, env: process.env, build: buildFolder(store) };
  const sqld = await startSqld();
  parts.add(() => sqld.stop());
  await buildWorker(plan, new AbortController().signal);
  const log = await startLog(folder, sqld);
  if (log.inbox !== null) parts.add(removing(log.inbox));
  parts.add(() => log.journal.kill());
  const { port, ...ports } = await freePorts();
  const config = {
    ...{ build: plan.build, host: HOST, port, ...ports, stores_token: TOKEN, persist_to: join(folder, "worker") },
    ...(log.inbox === null ? {} : { journal_inbox: log.inbox }),
    ...(by === "node" ? { serving: by } : {}),
    variables: {
      ...{ SQLD_URL: sqld.url, SIDECAR_URL: NOWHERE, MARKET_ORIGIN: "import", INSTRUMENTS: INSTRUMENTS.join(",") },
      ...log.variables,
      ...variables,
    },
  };
  // As the process of fx serve hands them to that of predictions.
  process.env["MINIFLARE_WORKERD_V8_FLAGS"] = servingFlags(plan);
  const host = createHost(config);
  parts.add(() => host.dispose());
  await host.ready;
  await addServedModel(await portsOf(host, sqld));
  const serving = await startServingHost(config);
  parts.add(() => serving.dispose());
  return {
    url: `http://${HOST}:${port}`,
    database: sqld.database,
    /** Until what was answered is in the log. */
    flush: () => log.journal.flush(),
    stop: parts.close,
  };
}

/** The journal, as `fx serve` has it: with its inbox where there is memory for one. */
async function startLog(folder: string, { url: sqld_url }: SqldProcess) {
  const [port, inbox] = [await freePort(), inboxFolder(folder)];
  const where = { folder: join(folder, "journal"), host: HOST, port, ...(inbox === null ? {} : { inbox }) };
  const journal = await startJournal({ ...where, token: TOKEN, sync: false, sqld_url });
  return { journal, inbox, variables: { JOURNAL_URL: `http://${HOST}:${port}`, JOURNAL_TOKEN: TOKEN } };
}

async function freePorts() {
  return { port: await freePort(), cron_port: await freePort(), whole_port: await freePort(), stores_port: await freePort() };
}

/** Ports on the host's own KV, R2 and libSQL. */
async function portsOf(host: Miniflare, { database }: SqldProcess): Promise<TestPorts> {
  const clock = { now: Date.now };
  const bucket = (await host.getR2Bucket("LAKE")) as unknown as Parameters<typeof createR2ObjectStore>[0];
  const kv = (await host.getKVNamespace("ONLINE")) as unknown as Parameters<typeof createKvOnlineStore>[0];
  return {
    ...(await createTestPorts({ now: clock.now(), config: { instruments: INSTRUMENTS } })),
    lake: createR2ObjectStore(bucket),
    online: createKvOnlineStore(kv),
    features: createFeatureStore(database, clock),
    tracking: createTracking(database, clock),
  } as unknown as TestPorts;
}
