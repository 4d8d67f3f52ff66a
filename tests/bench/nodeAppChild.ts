import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { createDatabase } from "../../functions/adapters/libsql/database.ts";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createLedger } from "../../functions/adapters/libsql/ledger/ledger.ts";
import { createBarStore } from "../../functions/adapters/libsql/market/barStore.ts";
import { createKnowledgeStore } from "../../functions/adapters/libsql/serving/knowledgeStore.ts";
import { createPredictionLog } from "../../functions/adapters/libsql/serving/predictionLog.ts";
import { createMlflowStores } from "../../functions/adapters/libsql/tracking/mlflowStores.ts";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import { createPredictionSender } from "../../functions/adapters/queuePredictions.ts";
import { createApp } from "../../functions/api/app.ts";
import { createTriggerRun } from "../../functions/engine/triggerRun.ts";
import { ALL_DAGS } from "../../functions/pipelines/all.ts";
import { createKeyring } from "../../shared/contracts/keys/keyring.ts";
import { definePools } from "../../shared/dag/pool.ts";
import { INSTRUMENTS } from "../support/models/servingFixture.ts";
import { createMemoryArtifactStore } from "../support/ports/memoryArtifactStore.ts";
import { createMemoryHints } from "../support/ports/memoryHints.ts";
import { createTestPorts } from "../support/ports/testPorts.ts";
import { createBackgroundLog } from "./backgroundLog.ts";
import { addServedModel } from "./servedModel.ts";

/** The Worker's app in a Node process: its address is the first line on stdout. Ends when it is killed. */
async function startApp(sqld_url: string): Promise<string> {
  const clock = { now: () => Date.now() };
  const database = createDatabase(sqld_url);
  const base = await createTestPorts({ now: clock.now(), config: { instruments: INSTRUMENTS } });
  const ports = {
    ...base,
    database,
    clock: { ...base.clock, now: clock.now },
    bars: createBarStore(database),
    features: createFeatureStore(database, clock),
    knowledge: createKnowledgeStore(database),
    tracking: createTracking(database, clock),
  };
  await addServedModel(ports);
  const log = createPredictionLog(database);
  const app = createApp({
    sleep: (ms) => sleep(ms),
    ports,
    mlflow: { ...createMlflowStores(database), artifacts: createMemoryArtifactStore() },
    dags: dagsOf(ports),
    record: createPredictionSender({ queue: createBackgroundLog(log), clock, sleep: (ms) => sleep(ms) }),
    newId: () => crypto.randomUUID(),
    keyring: createKeyring(null, [], clock.now),
    allowed_hosts: "any",
  });
  const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
  const server = serve({ fetch: (request) => app.fetch(request, {}, context), hostname: "127.0.0.1", port: 0 });
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function dagsOf({ database, clock }: Awaited<ReturnType<typeof createTestPorts>>) {
  const ledger = createLedger(database, definePools());
  const trigger = createTriggerRun({
    ledger,
    dags: ALL_DAGS,
    clock,
    hints: createMemoryHints(clock),
    default_map_keys: { instrument: INSTRUMENTS, source: [] },
  });
  return { dags: ALL_DAGS, ledger, trigger };
}

if (import.meta.main) console.log(await startApp(process.argv[2] ?? ""));
