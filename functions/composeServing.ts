import { createKeyring } from "../shared/contracts/keys/keyring.ts";
import { materializeFeatures, materializeIncremental, pushFeatures, writeToOnlineStore } from "../shared/contracts/onlineFeatures.ts";
import { fetchBy } from "./adapters/fetchBy.ts";
import { fillMirror } from "./adapters/fillMirror.ts";
import { createHostStores } from "./adapters/hostStores.ts";
import { createOnlineReader } from "./adapters/kvOnlineStore.ts";
import { readEither } from "./adapters/kvTexts.ts";
import { createDatabase } from "./adapters/libsql/database.ts";
import { createFeatureStore } from "./adapters/libsql/features/featureStore.ts";
import { createLedger } from "./adapters/libsql/ledger/ledger.ts";
import { createBarStore } from "./adapters/libsql/market/barStore.ts";
import { createKnowledgeStore } from "./adapters/libsql/serving/knowledgeStore.ts";
import { createLibsqlKv } from "./adapters/libsql/serving/libsqlKv.ts";
import { createTracking } from "./adapters/libsql/tracking/tracking.ts";
import { createOnnxLoader } from "./adapters/onnx/onnxLoader.ts";
import { createObjectReader } from "./adapters/r2ObjectStore.ts";
import { createKnownInstruments } from "./api/instruments.ts";
import { servingRoutes } from "./api/servingRoutes.ts";
import { workerApp } from "./api/workerApp.ts";
import { composeMetering } from "./composeMetering.ts";
import { composeRecorder } from "./composeRecorder.ts";
import type { ServingBindings, Settings } from "./environment.ts";
import { ratesOf } from "./ratesOf.ts";
import { createKeptOnlineRows } from "./serving/keptOnlineRows.ts";

/** What changes the online store, which the whole Worker answers: afterwards nothing is served that was read before. */
const ONLINE_WRITES: ReadonlySet<string> = new Set(
  [pushFeatures, writeToOnlineStore, materializeFeatures, materializeIncremental].map(({ path }) => path),
);

/** The composition root of the Worker for serving alone: what /predict and online features need, and no pipeline. */
export function composeServing(env: Omit<ServingBindings, "PLATFORM">, settings: Settings) {
  const clock = { now: () => Date.now() + settings.FX_CLOCK_OFFSET_MS };
  const database = createDatabase(settings.SQLD_URL, settings.SQLD_AUTH_TOKEN, { fetch: fetchBy(env.SQLD) });
  const metering = composeMetering(database, clock);
  const stores = createHostStores(env.STORES, env.STORES_TOKEN);
  const mirror = createLibsqlKv(database);
  const lake = createObjectReader(stores.lake);
  const ports = {
    config: { market_origin: settings.MARKET_ORIGIN, instruments: settings.INSTRUMENTS, online_ttl: settings.ONLINE_TTL },
    clock,
    lake,
    onnx: createOnnxLoader(env.LOADER, lake),
    online: metering.timed(
      createOnlineReader(settings.ONLINE_MIRROR === undefined ? stores.online : readEither(mirror.get, stores.online)),
    ),
    bars: createBarStore(database),
    features: createFeatureStore(database, clock),
    knowledge: createKnowledgeStore(database),
    tracking: createTracking(database, clock),
  };
  const kept = createKeptOnlineRows(clock, ports.online);
  const { drain, options } = composeRecorder(env, stores, settings, clock, metering.end);
  const mounted = servingRoutes({
    ports,
    kept,
    known: createKnownInstruments(settings.INSTRUMENTS, ports.bars, clock),
    ledger: createLedger(database),
    newId: () => crypto.randomUUID(),
    ...options,
  });
  const app = workerApp(mounted, {
    ...options,
    metering,
    keyring: createKeyring(settings.ADMIN_TOKEN ?? null, settings.API_KEYS, Date.now),
    allowed_hosts: settings.ALLOWED_HOSTS,
    cors_origins: settings.CORS_ORIGINS,
    rates: ratesOf(settings),
    closed_pages: settings.CLOSED_PAGES,
  });
  const wasHandedOn = (path: string) => (ONLINE_WRITES.has(path) ? kept.forget() : undefined);
  return {
    app,
    drain,
    paths: new Set<string>(mounted.map(({ route }) => route.path)),
    wasHandedOn,
    fillMirror: () => fillMirror({ keys: stores.onlineKeys, get: stores.online }, mirror),
  };
}
