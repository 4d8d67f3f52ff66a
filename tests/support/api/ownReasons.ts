import { ALL_DAGS } from "../../../functions/pipelines/all.ts";
import { HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Asked, Named } from "../fuzz/leastRequest.ts";
import { addModel, addRows, GOLD, goldRow } from "../models/servingFixture.ts";
import { oneSidecar } from "../ports/oneSidecar.ts";
import { createTestPorts, type TestPorts } from "../ports/testPorts.ts";
import { KEY, NOON } from "./airflowRun.ts";
import { type ContractWorld, contractWorld, MODEL, PAST } from "./contractWorld.ts";
import { liquidityRows } from "./liquidityRows.ts";
import { listedRequests } from "./listedRequests.ts";
import { createTestApp, type TestApp, type TestAppOptions } from "./testApp.ts";

/** A request that is answered with that status for a reason of the operation's own, in a world that has it. */
export interface OwnReason {
  readonly app: TestApp;
  readonly operationId: string;
  readonly status: number;
  readonly asked: Asked;
}

type Reasons = readonly (readonly [operationId: string, status: number, asked?: Asked])[];

const away = async () => Promise.reject(new AppError("store_unavailable", "the database is away", { status: 503, retryable: true }));
const UNKNOWN = { body: { features: ["nothing:x"] } };
const SPAN = { start_ts: PAST.from, end_ts: PAST.to };

/** Made one after the other: what one asks, the next may find done. */
export async function* ownReasons(): AsyncGenerator<OwnReason> {
  const world = await contractWorld();
  yield* of(world.app, world.named, inOneWorld());
  yield* of(await busy(world), world.named, [
    ["clearTaskInstances", 409, { body: { dag_run_id: "r", only_failed: false, dry_run: false } }],
    ["clearDagRun", 409, { body: { only_failed: false, dry_run: false } }],
  ]);
  yield* of(appOf(world.ports, { admin_token: "secret" }), world.named, [
    ["loginOfCommand", 401],
    ["loginOfClient", 401],
  ]);
  yield* of(appOf(world.ports, { page_files: { read: async () => null } }), world.named, [
    ["docsPage", 404],
    ["webHome", 404],
    ["webPage", 404, { params: { page: "nowhere" } }],
    ["webItem", 404, { params: { page: "nowhere", item: "a" } }],
    ["webPart", 404, { params: { page: "nowhere", item: "a", part: "b" } }],
  ]);
  yield* of(appOf(world.ports, { closed_pages: "docs,metrics,openapi" }), world.named, [
    ["openapi", 404],
    ["readMetrics", 404],
    ["readMetricsOfSidecar", 404],
  ]);
  yield* of(await crowded(world.ports), world.named, [["stream", 503]]);
  yield* of(appOf(withoutLog(world.ports)), world.named, [
    ["listPredictions", 503],
    ["readPrediction", 503],
    ["sendFeedback", 503],
    ["health", 503],
  ]);
  yield* of(
    appOf({ ...world.ports, sidecars: oneSidecar({ ...world.ports.trainer, metrics: away }, world.ports.sentiment) }),
    world.named,
    [["readMetricsOfSidecar", 503]],
  );
  yield* of(appOf(await empty()), world.named, [["predict", 503]]);
  yield* of(appOf(await simulated()), world.named, [
    ["importCandles", 409],
    ["importNews", 409],
  ]);
  yield* of(appOf(await unsound()), world.named, [
    ["materializeFeatures", 409, { body: SPAN }],
    ["materializeIncremental", 409, { body: { end_ts: toIso(NOON) } }],
  ]);
  const service = { feature_service: MODEL, features: undefined };
  yield* of(appOf(await outdated()), world.named, [
    ["readFeatureService", 409],
    ["getOnlineFeatures", 409, { body: service }],
    ["getHistoricalFeatures", 409, { body: service }],
    ["exportFeatures", 409, { query: { ...service, instruments: undefined } }],
  ]);
}

function* of(app: TestApp, named: Named, reasons: Reasons): Generator<OwnReason> {
  const listed = listedRequests(named);
  for (const [operationId, status, over = {}] of reasons) {
    const usual = listed[operationId] ?? {};
    const body =
      typeof usual.body === "object" && typeof over.body === "object" ? { ...usual.body, ...over.body } : (over.body ?? usual.body);
    yield {
      app,
      operationId,
      status,
      asked: {
        params: { ...usual.params, ...over.params },
        query: withoutGaps({ ...usual.query, ...over.query }),
        ...(body === undefined ? {} : { body }),
      },
    };
  }
}

function withoutGaps(values: Named): Named {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function inOneWorld(): Reasons {
  const unknown_views = { body: { ...SPAN, feature_views: ["nothing"] } };
  return [
    ["getOnlineFeatures", 404, UNKNOWN],
    ["getHistoricalFeatures", 404, UNKNOWN],
    ["exportFeatures", 404, { query: { features: "nothing:x" } }],
    ["readDatasetFile", 404, { params: { file: `${"0".repeat(64)}.parquet` } }],
    ["readBronze", 404, { query: { key: "bronze/candles/oanda/USD_SGD/2025-06-25/none.ndjson" } }],
    ["readFreshness", 404, { query: { instrument: "NOK_SEK" } }],
    ["listPaperTrades", 404, { query: { instrument: "NOK_SEK" } }],
    ["readFeatureDrift", 404, { query: { instrument: "NOK_SEK" } }],
    ["pushFeatures", 404, { body: { df: { ...liquidityRows([toIso(NOON)], [5]), instrument: ["NOK_SEK"] } } }],
    ["writeToOnlineStore", 409, { body: { feature_view_name: GOLD.name } }],
    ["materializeFeatures", 202, { query: { async: "true" } }],
    ["materializeIncremental", 202, { query: { async: "true" } }],
    ["materializeFeatures", 404, unknown_views],
    ["materializeIncremental", 404, { body: { feature_views: ["nothing"] } }],
    ["createRun", 404, { body: { experiment_id: "77" } }],
    ["listMissedRuns", 404, { query: { dag_id: "nothing" } }],
    ["listBackfills", 404, { query: { dag_id: "nothing" } }],
    ["triggerDagRun", 409, { body: { dag_run_id: "r", data_interval_start: PAST.from, data_interval_end: PAST.to } }],
    ["moveProduction", 409, { body: { version: "1" } }],
    ["sendFeedback", 200],
    ["sendFeedback", 409, { body: { realized_direction: "bearish" } }],
    ["cancelBackfill", 200],
    ["cancelBackfill", 409],
    ["pauseBackfill", 409],
    ["unpauseBackfill", 409],
  ];
}

const appOf = (ports: TestPorts, options: TestAppOptions = {}) => createTestApp(ports, options);

/** A task of its run is at work. */
async function busy({ app }: ContractWorld): Promise<TestApp> {
  const dag = ALL_DAGS.find(({ dag_id }) => dag_id === KEY.dag_id)!;
  const now = NOON + 20 * MINUTE;
  await app.ledger.claim(dag, { ...KEY, map_key: "USD_SGD" }, { token: "t", now, lease_until: now + MINUTE });
  return app;
}

/** As many streams are open as one isolate has, and none of them looks again. */
async function crowded(ports: TestPorts): Promise<TestApp> {
  const app = appOf(ports, { sleep: () => new Promise(() => {}) });
  for (let open = 0; open < 500; open++) await app.fetch(new Request("http://127.0.0.1:8787/stream?instrument=USD_SGD"));
  return app;
}

function withoutLog(ports: TestPorts): TestPorts {
  const predictions = { ...ports.predictions, list: away, find: away };
  return { ...ports, predictions, writes: { ...ports.writes, database: away } };
}

const empty = () => createTestPorts({ now: NOON });

async function simulated(): Promise<TestPorts> {
  const ports = await empty();
  await ports.bars.claimMarket("sandbox");
  return ports;
}

async function unsound(): Promise<TestPorts> {
  const ports = await empty();
  const row = goldRow(NOON - 2 * HOUR, 0.5);
  row.values[GOLD.features.findIndex(({ name }) => name === "mid")] = -1;
  await addRows(ports, [row]);
  return ports;
}

/** The model in Production reads a view that nothing builds any more. */
async function outdated(): Promise<TestPorts> {
  const ports = await empty();
  const card = { views: [{ view: GOLD.name, schema_hash: "0".repeat(16) }] };
  await addModel(ports, { run_id: "gone", strength: 1, promoted_at: NOON - HOUR, card });
  return ports;
}
