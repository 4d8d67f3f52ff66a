import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Miniflare } from "miniflare";
import { createKvOnlineStore } from "../../../functions/adapters/kvOnlineStore.ts";
import { createFeatureStore } from "../../../functions/adapters/libsql/features/featureStore.ts";
import { createKnowledgeStore } from "../../../functions/adapters/libsql/serving/knowledgeStore.ts";
import { createTracking } from "../../../functions/adapters/libsql/tracking/tracking.ts";
import { createR2ObjectStore } from "../../../functions/adapters/r2ObjectStore.ts";
import { buildFolder, buildWorker } from "../../../functions/local/serve/buildWorker.ts";
import { createHost } from "../../../functions/local/serve/createHost.ts";
import type { RuntimesConfig } from "../../../functions/local/serve/hostConfig.ts";
import { type PredictResponse, predictResponseSchema } from "../../../shared/contracts/predict.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { type SqldProcess, startSqld } from "../databases/sqldProcess.ts";
import { INSTRUMENTS } from "../models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../ports/testPorts.ts";
import { freePort } from "./freePort.ts";
import { type ServingHost, startServingHost } from "./servingHost.ts";
import { testBuild } from "./testBuild.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** The bundles of both Workers with the options of wrangler.toml, for all hosts of a test file. */
export async function buildForHosts(): Promise<{ readonly build: string; remove(): Promise<void> }> {
  const shared = testBuild();
  if (shared !== null) return { build: shared, remove: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), "fx-serve-"));
  const store = { name: "test", folder, market: "sandbox" as const };
  const build = buildFolder(store);
  await buildWorker({ root: ROOT, store, env: process.env, build }, new AbortController().signal);
  return { build, remove: () => rm(join(build, ".."), { recursive: true, force: true }) };
}

/** A store with its database, and the hosts of fx serve that are started on it one after the other. */
export interface ServedStore {
  readonly folder: string;
  readonly sqld: SqldProcess;
  readonly config: RuntimesConfig;
  /** Of the Worker in front. */
  readonly url: string;
  /** The whole Worker's host; null: none runs. */
  readonly host: Miniflare | null;
  readonly serving: ServingHost | null;
  /** Ends what runs, and starts it again with these variables, and with what else its host is to be told. */
  start(
    variables?: Record<string, string>,
    config?: Pick<RuntimesConfig, "journal_inbox" | "inspector_port" | "listen_host"> & Partial<Pick<RuntimesConfig, "build">>,
  ): Promise<Miniflare>;
  stop(): Promise<void>;
  predict(): Promise<PredictResponse>;
  /** Ports on the host's own KV, R2 and libSQL. */
  ports(running: Miniflare): Promise<TestPorts>;
  remove(): Promise<void>;
}

export async function createServedStore(by: "workerd" | "node", build: string, now: Instant): Promise<ServedStore> {
  const folder = await mkdtemp(join(tmpdir(), "fx-serve-"));
  const sqld = await startSqld();
  const config: RuntimesConfig = {
    ...(by === "node" ? { serving: by } : {}),
    build,
    host: "127.0.0.1",
    port: await freePort(),
    cron_port: await freePort(),
    whole_port: await freePort(),
    stores_port: await freePort(),
    stores_token: "s",
    persist_to: join(folder, "worker", "v3"),
    variables: {
      SQLD_URL: sqld.url,
      // Nothing listens there: what is served wants no sidecar.
      SIDECAR_URL: "http://127.0.0.1:9",
      MARKET_ORIGIN: "import",
      INSTRUMENTS: INSTRUMENTS.join(","),
      FX_CLOCK_OFFSET_MS: String(now - Date.now()),
      ...(by === "node" ? { ONLINE_MIRROR: "libsql" } : {}),
    },
  };
  const url = `http://127.0.0.1:${config.port}`;
  let host: Miniflare | null = null;
  let serving: ServingHost | null = null;

  async function stop(): Promise<void> {
    await Promise.all([host?.dispose(), serving?.dispose()]);
    host = serving = null;
  }
  return {
    ...{ folder, sqld, config, url, stop },
    get host() {
      return host;
    },
    get serving() {
      return serving;
    },
    async start(variables = {}, own = {}) {
      await stop();
      const whole = { ...config, ...own, variables: { ...config.variables, ...variables } };
      host = createHost(whole);
      await host.ready;
      serving = await startServingHost(whole);
      return host;
    },
    async predict() {
      const response = await fetch(`${url}/predict`, { method: "POST", body: '{"instrument": "USD_SGD"}' });
      return predictResponseSchema.parse(await response.json());
    },
    ports: (running) => portsOf(running, sqld, now),
    async remove() {
      await stop();
      await sqld.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function portsOf(running: Miniflare, { database }: SqldProcess, now: Instant): Promise<TestPorts> {
  const ports = await createTestPorts({ now, config: { instruments: INSTRUMENTS } });
  const bucket = (await running.getR2Bucket("LAKE")) as unknown as Parameters<typeof createR2ObjectStore>[0];
  const kv = (await running.getKVNamespace("ONLINE")) as unknown as Parameters<typeof createKvOnlineStore>[0];
  return {
    ...ports,
    lake: createR2ObjectStore(bucket),
    online: createKvOnlineStore(kv),
    features: createFeatureStore(database, ports.clock),
    knowledge: createKnowledgeStore(database),
    tracking: createTracking(database, ports.clock),
  } as unknown as TestPorts;
}
