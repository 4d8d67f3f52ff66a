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
import { HOUR } from "../../shared/domain/instant.ts";
import { modelFeatureNames } from "../../shared/features/modelFeatures.ts";
import { toOnlineRow } from "../../shared/features/onlineRow.ts";
import { modelArtifactKeys, sourceKeys } from "../../shared/models/modelCard.ts";
import { addModel, GOLD, INSTRUMENTS } from "../support/models/servingFixture.ts";
import { createMemoryArtifactStore } from "../support/ports/memoryArtifactStore.ts";
import { createMemoryHints } from "../support/ports/memoryHints.ts";
import { createTestPorts } from "../support/ports/testPorts.ts";
import { createBackgroundLog } from "./backgroundLog.ts";
import { benchForest } from "./benchForest.ts";
import { syntheticRow } from "./syntheticRows.ts";

const INSTRUMENT = "USD_SGD";

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

/** A row that is fresh for as long as the bench runs, and a model as large as the nightly one's. */
async function addServedModel(ports: Awaited<ReturnType<typeof createTestPorts>>): Promise<void> {
  const run_id = "bench";
  const forest = benchForest(modelFeatureNames(GOLD, INSTRUMENT));
  // The lake keeps what was written first: the fixture's own model of one split is not.
  await ports.lake.putOnce(sourceKeys(modelArtifactKeys(run_id).source).json, forest, "application/json");
  await addModel(ports, { run_id, strength: 0.1, promoted_at: Date.now() - HOUR });
  const row = syntheticRow(GOLD.features.length, Math.floor(Date.now() / HOUR) * HOUR);
  await ports.online.write(INSTRUMENT, { [GOLD.name]: toOnlineRow(row, GOLD.schema_hash) });
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
