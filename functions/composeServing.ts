import { createHostStores } from "./adapters/hostStores.ts";
import { createOnlineReader } from "./adapters/kvOnlineStore.ts";
import { createDatabase } from "./adapters/libsql/database.ts";
import { createFeatureStore } from "./adapters/libsql/features/featureStore.ts";
import { createLedger } from "./adapters/libsql/ledger/ledger.ts";
import { createBarStore } from "./adapters/libsql/market/barStore.ts";
import { createKnowledgeStore } from "./adapters/libsql/serving/knowledgeStore.ts";
import { createTracking } from "./adapters/libsql/tracking/tracking.ts";
import { createOnnxLoader } from "./adapters/onnx/onnxLoader.ts";
import { createObjectReader } from "./adapters/r2ObjectStore.ts";
import { createKnownInstruments } from "./api/instruments.ts";
import { servingRoutes } from "./api/servingRoutes.ts";
import { workerApp } from "./api/workerApp.ts";
import { composeRecorder } from "./composeRecorder.ts";
import type { ServingBindings, Settings } from "./environment.ts";

/** The composition root of the Worker for predictions alone: what /predict needs, and no pipeline. */
export function composeServing(env: ServingBindings, settings: Settings) {
  const clock = { now: () => Date.now() + settings.FX_CLOCK_OFFSET_MS };
  const database = createDatabase(settings.SQLD_URL, settings.SQLD_AUTH_TOKEN);
  const stores = createHostStores(env.STORES, env.STORES_TOKEN);
  const lake = createObjectReader(stores.lake);
  const ports = {
    config: { market_origin: settings.MARKET_ORIGIN, instruments: settings.INSTRUMENTS },
    clock,
    lake,
    onnx: createOnnxLoader(env.LOADER, lake),
    online: createOnlineReader(stores.online),
    bars: createBarStore(database),
    features: createFeatureStore(database, clock),
    knowledge: createKnowledgeStore(database),
    tracking: createTracking(database, clock),
  };
  const { drain, options } = composeRecorder(env, stores, settings, clock);
  const mounted = servingRoutes({
    ports,
    known: createKnownInstruments(settings.INSTRUMENTS, ports.bars, clock),
    ledger: createLedger(database),
    newId: () => crypto.randomUUID(),
    ...options,
  });
  const app = workerApp(mounted, { ...options, admin_token: null, allowed_hosts: settings.ALLOWED_HOSTS });
  return { app, drain, paths: new Set<string>(mounted.map(({ route }) => route.path)) };
}
