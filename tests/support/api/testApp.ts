import { fileURLToPath } from "node:url";
import { createLedger } from "../../../functions/adapters/libsql/ledger/ledger.ts";
import { createMetricStore } from "../../../functions/adapters/libsql/monitoring/metricStore.ts";
import { createBackfillStore } from "../../../functions/adapters/libsql/orchestration/backfillStore.ts";
import { createCallbackOutbox } from "../../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { createDeadLetters } from "../../../functions/adapters/libsql/orchestration/deadLetters.ts";
import { createMlflowStores } from "../../../functions/adapters/libsql/tracking/mlflowStores.ts";
import { createApp } from "../../../functions/api/app.ts";
import type { DrainRouteOptions } from "../../../functions/api/drain.ts";
import { createBackfills } from "../../../functions/engine/backfills.ts";
import { createControl } from "../../../functions/engine/control.ts";
import { createReprocess, type Reprocess } from "../../../functions/engine/reprocess.ts";
import { createTriggerRun } from "../../../functions/engine/triggerRun.ts";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";
import { createMeter } from "../../../functions/serving/meter/meter.ts";
import { createMeterWriter } from "../../../functions/serving/meter/meterWriter.ts";
import { parseAllowedHosts } from "../../../shared/contracts/allowedHosts.ts";
import type { ListedRoute } from "../../../shared/contracts/allowedMethods.ts";
import { parseCorsOrigins } from "../../../shared/contracts/corsOrigins.ts";
import type { ApiKey } from "../../../shared/contracts/keys/apiKey.ts";
import { createKeyring } from "../../../shared/contracts/keys/keyring.ts";
import { clientAddressOf, parseAddressHeader } from "../../../shared/contracts/limits/clientAddress.ts";
import { parseRateLimits } from "../../../shared/contracts/limits/rateLimits.ts";
import type { ReprocessMessage } from "../../../shared/contracts/reprocess.ts";
import { parseClosedPages } from "../../../shared/contracts/route/closedPages.ts";
import { definePools } from "../../../shared/dag/pool.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import type { PageFiles } from "../../../shared/ports/pageFiles.ts";
import type { PredictionRecord } from "../../../shared/ports/predictionLog.ts";
import { createFolderFiles } from "../ports/folderFiles.ts";
import { createMemoryArtifactStore } from "../ports/memoryArtifactStore.ts";
import { createMemoryHints } from "../ports/memoryHints.ts";
import type { TestPorts } from "../ports/testPorts.ts";
import { expectByContract } from "./expectByContract.ts";

const ASSETS = fileURLToPath(new URL("../../../assets", import.meta.url));

const folder = createFolderFiles(ASSETS);
/** The application is built where it is served, not where it is tested that it is. */
const BUILT: Readonly<Record<string, string>> = {
  "/ui/index.html": '<!doctype html><script type="module" src="/ui/assets/app-1.js"></script>',
  "/ui/assets/app-1.js": "export {};",
};
/** As npm run assets copies them. */
const dashboards = createFolderFiles(fileURLToPath(new URL("../../../dashboards", import.meta.url)));
const testPageFiles: PageFiles = {
  read: async (path) => {
    if (path.startsWith("/runbooks/")) return dashboards.read(path);
    const text = BUILT[path];
    return text === undefined ? folder.read(path) : { body: new TextEncoder().encode(text), etag: `"${path.length}"` };
  },
};

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
  readonly body: any;
}

export interface TestApp {
  readonly ledger: Ledger;
  readonly reprocess: Reprocess;
  /** What was put on the reprocess queue. */
  readonly reprocessed: readonly ReprocessMessage[];
  readonly recorded: readonly PredictionRecord[];
  readonly routes: readonly ListedRoute[];
  /** As a host hands a request on, and gives the answer as it is. */
  fetch(request: Request): Promise<Response>;
  /** `body` goes out as it is when it is text, bytes or a stream, else as JSON. Waits for what the answer did not wait for. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
}

export interface TestAppOptions {
  readonly admin_token?: string;
  readonly api_keys?: readonly ApiKey[];
  readonly allowed_hosts?: string;
  readonly cors_origins?: string;
  readonly closed_pages?: string;
  readonly rate_limits?: string;
  readonly address_header?: string;
  readonly record?: (record: PredictionRecord) => Promise<void>;
  readonly answers_when_recorded?: boolean;
  readonly drain?: DrainRouteOptions;
  /** What happens while a stream waits for its next look. */
  readonly sleep?: (ms: number) => Promise<void>;
  readonly is_leaving?: () => boolean;
  /** Absent: the folder `assets`, with a web application of two lines. */
  readonly page_files?: PageFiles;
}

/** The Worker's routes on the given ports, with the real ledger behind /api/v2/dags. */
export function createTestApp(ports: TestPorts, options: TestAppOptions = {}): TestApp {
  const ledger = createLedger(ports.database, definePools());
  let ids = 0;
  const { clock } = ports;
  const deps = {
    ledger,
    dags: ALL_DAGS,
    clock,
    hints: createMemoryHints(clock),
    backfills: createBackfillStore(ports.database),
    newToken: () => `token-${++ids}`,
    default_map_keys: { instrument: ports.config.instruments, source: ["wire", "blog"] },
  };
  const trigger = createTriggerRun(deps);
  const backfills = createBackfills(deps);
  const reprocess = createReprocess({ backfills, dags: ALL_DAGS, dead_letters: createDeadLetters(ports.database), clock });
  const reprocessed: ReprocessMessage[] = [];
  const recorded: PredictionRecord[] = [];
  const meter = createMeter();
  const metrics = createMetricStore(ports.database);
  const writer = createMeterWriter({ meter, store: metrics, clock, writer: "test", sleep: async () => {} });
  const app = createApp({
    ports,
    page_files: options.page_files ?? testPageFiles,
    mlflow: { ...createMlflowStores(ports.database), artifacts: createMemoryArtifactStore(ports.lake) },
    dags: { dags: ALL_DAGS, ledger, trigger },
    orchestration: {
      control: createControl(deps),
      backfills,
      reprocess,
      outbox: createCallbackOutbox(ports.database),
      reprocess_queue: { send: async (message) => void reprocessed.push(message) },
    },
    record: options.record ?? (async (record) => void recorded.push(record)),
    answers_when_recorded: options.answers_when_recorded ?? false,
    sleep: options.sleep ?? (() => Promise.reject(new Error("nothing of this test waits"))),
    is_leaving: options.is_leaving ?? (() => false),
    ...(options.drain ? { drain: options.drain } : {}),
    metering: { meter, writer },
    metrics,
    newId: () => `id-${++ids}`,
    keyring: createKeyring(options.admin_token ?? null, options.api_keys ?? [], clock.now),
    allowed_hosts: parseAllowedHosts(options.allowed_hosts),
    cors_origins: parseCorsOrigins(options.cors_origins),
    closed_pages: parseClosedPages(options.closed_pages),
    rates: {
      limits: parseRateLimits(options.rate_limits, new Set()),
      address_of: (headers) => clientAddressOf(headers, parseAddressHeader(options.address_header)),
      now: clock.now,
    },
  });
  return {
    recorded,
    routes: app.routes,
    ledger,
    reprocess,
    reprocessed,
    fetch: async (request) => app.fetch(request, {}, contextOf([])),
    call: async (method, path, body, headers = {}) => {
      const waiting: Promise<unknown>[] = [];
      const isRaw = typeof body === "string" || body instanceof ReadableStream || body instanceof Uint8Array;
      const sent = body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body), duplex: "half" };
      const response = await app.request(path, { method, headers, ...sent } as RequestInit, {}, contextOf(waiting));
      await Promise.all(waiting);
      const answered = { status: response.status, headers: response.headers, body: await bodyOf(response) };
      expectByContract(method, path, answered);
      return answered;
    },
  };
}

function contextOf(waiting: Promise<unknown>[]) {
  return { waitUntil: (work: Promise<unknown>) => void waiting.push(work), passThroughOnException: () => {}, props: {} };
}

/** JSON as what it says, a Parquet file as its bytes, and all else as text. */
async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get("content-type") ?? "";
  if (!response.body) return "";
  if (type.includes("parquet")) return response.bytes();
  return type.includes("json") && !type.includes("ndjson") ? response.json() : response.text();
}
