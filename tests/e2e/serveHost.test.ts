import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { z } from "zod";
import { createKvOnlineStore } from "../../functions/adapters/kvOnlineStore.ts";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { predictions } from "../../functions/adapters/libsql/schema/serving.ts";
import { createKnowledgeStore } from "../../functions/adapters/libsql/serving/knowledgeStore.ts";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import { createR2ObjectStore } from "../../functions/adapters/r2ObjectStore.ts";
import { inboxFolder } from "../../functions/local/journal/inboxFolder.ts";
import type { JournalConfig } from "../../functions/local/journal/journalConfig.ts";
import { drainPart } from "../../functions/local/processes/drainPart.ts";
import { buildFolder, buildWorker } from "../../functions/local/serve/buildWorker.ts";
import { createHost } from "../../functions/local/serve/createHost.ts";
import type { RuntimesConfig } from "../../functions/local/serve/hostConfig.ts";
import type { onlineFeaturesSchema } from "../../shared/contracts/onlineFeatures.ts";
import { predictResponseSchema } from "../../shared/contracts/predict.ts";
import { HOUR, MINUTE } from "../../shared/domain/instant.ts";
import { modelFeatureNames } from "../../shared/features/modelFeatures.ts";
import { promotionReason } from "../../shared/models/promotionReason.ts";
import { type Asked, askPredictions } from "../support/api/askPredictions.ts";
import { expectDocsPage } from "../support/api/expectDocsPage.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { addModel, addRows, alternatingRows, GOLD, INSTRUMENTS, materialize } from "../support/models/servingFixture.ts";
import { SOUND } from "../support/models/soundTags.ts";
import { createTestPorts, type TestPorts } from "../support/ports/testPorts.ts";
import { freePort } from "../support/stack/freePort.ts";
import { type JournalProcess, startJournal } from "../support/stack/journalProcess.ts";
import { markedProcesses } from "../support/stack/markedProcesses.ts";
import { type ServingHost, startServingHost } from "../support/stack/servingHost.ts";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";

type OnlineFeatures = z.infer<typeof onlineFeaturesSchema>;

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;
const MODEL = "fx-usdsgd-predictor";
const ROOT = join(import.meta.dirname, "../..");

/** The bundles and the options of wrangler.toml, for all hosts. */
let build: string;
let folder: string;
let sqld: SqldProcess;
let config: RuntimesConfig;
let host: Miniflare | null = null;
let serving: ServingHost | null = null;

beforeAll(async () => {
  const plan = {
    root: ROOT,
    store: { name: "test", folder: await mkdtemp(join(tmpdir(), "fx-serve-")), market: "sandbox" as const },
    env: process.env,
  };
  build = buildFolder(plan);
  await buildWorker(plan, new AbortController().signal);
});
afterAll(() => rm(join(build, ".."), { recursive: true, force: true }));

/** A store of its own for each of the two that answer predictions. */
async function makeStore(by: "workerd" | "node"): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), "fx-serve-"));
  sqld = await startSqld();
  config = {
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
      MARKET_ORIGIN: "import",
      INSTRUMENTS: INSTRUMENTS.join(","),
      FX_CLOCK_OFFSET_MS: String(NOW - Date.now()),
      ...(by === "node" ? { ONLINE_MIRROR: "libsql" } : {}),
    },
  };
}

async function removeStore(): Promise<void> {
  await stopHost();
  await sqld.stop();
  await rm(folder, { recursive: true, force: true });
}

async function startHost(variables: Record<string, string> = {}, journal: Pick<RuntimesConfig, "journal_inbox"> = {}): Promise<Miniflare> {
  await stopHost();
  const whole = { ...config, ...journal, variables: { ...config.variables, ...variables } };
  host = createHost(whole);
  await host.ready;
  serving = await startServingHost(whole);
  return host;
}

async function stopHost(): Promise<void> {
  await Promise.all([host?.dispose(), serving?.dispose()]);
  host = serving = null;
}

/** Ports on the host's own KV, R2 and libSQL. */
async function portsOf(running: Miniflare): Promise<TestPorts> {
  const ports = await createTestPorts({ now: NOW, config: { instruments: INSTRUMENTS } });
  const bucket = (await running.getR2Bucket("LAKE")) as unknown as Parameters<typeof createR2ObjectStore>[0];
  const kv = (await running.getKVNamespace("ONLINE")) as unknown as Parameters<typeof createKvOnlineStore>[0];
  return {
    ...ports,
    lake: createR2ObjectStore(bucket),
    online: createKvOnlineStore(kv),
    features: createFeatureStore(sqld.database, ports.clock),
    knowledge: createKnowledgeStore(sqld.database),
    tracking: createTracking(sqld.database, ports.clock),
  } as unknown as TestPorts;
}

/** A model in Production and its newest row. */
async function promote(running: Miniflare): Promise<void> {
  const real = await portsOf(running);
  await addModel(real, { run_id: "a", strength: 0.4, promoted_at: NOON - HOUR, reason: promotionReason("r") });
  const [row] = alternatingRows(NOON, 1);
  await addRows(real, [row!]);
  await materialize(real, row!);
}

async function predict() {
  const response = await fetch(`http://127.0.0.1:${config.port}/predict`, { method: "POST", body: '{"instrument": "USD_SGD"}' });
  return predictResponseSchema.parse(await response.json());
}

/** The runtimes that this process has started: they inherit the mark. */
const MARK = randomUUID();
process.env["FX_TEST_MARK"] = MARK;
function runtimePids(which = /./): number[] {
  return markedProcesses(MARK)
    .filter(({ command }) => /workerd serve/.test(command) && which.test(command))
    .map(({ pid }) => pid);
}

describe.each(["workerd", "node"] as const)("predictions answered by %s", (by) => {
  beforeAll(() => makeStore(by));
  afterAll(removeStore);

  it("answers on the Worker's own port with the bindings of wrangler.toml, and logs through the queue", async () => {
    await promote(await startHost());
    const answers = [await predict(), await predict(), await predict()];
    expect(new Set(answers.map(({ prediction }) => prediction)).size).toBe(1);
    const logged = async () => {
      const { rows } = await sqld.database.$client.execute("SELECT prediction_id, prediction FROM predictions ORDER BY requested_at");
      return rows.map((row) => ({ prediction_id: row[0], prediction: row[1] }));
    };
    const expected = answers.map(({ prediction_id, prediction }) => ({ prediction_id, prediction }));
    await vi.waitFor(async () => expect(await logged()).toEqual(expect.arrayContaining(expected)), {
      timeout: WAIT_LIMIT_MS,
      interval: 100,
    });
  });

  it.skipIf(by === "node")("takes crons on the other port only", async () => {
    await startHost();
    const fire = (port: number) => fetch(`http://127.0.0.1:${port}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`);
    const taken = await fire(config.cron_port);
    expect([taken.status, await taken.text()]).toEqual([200, "ok"]);
    expect((await fire(config.port)).status).toBe(404);
  });

  /** The whole Worker is asked by itself at the port of crons: whoever asks the Worker in front must not see that there are two. */
  it("answers what is no prediction as the whole Worker does, and predictions alike", async () => {
    if (host === null) await startHost();
    const ask = async (port: number, method: string, path: string, init: RequestInit) => {
      // Errors name the request.
      const headers = { ...(init.headers as Record<string, string> | undefined), "x-request-id": "r" };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...init, headers });
      return { status: response.status, body: await response.json() };
    };
    const page = { headers: { origin: "http://evil.example" } };
    for (const [method, path, init] of [
      ["GET", "/", {}],
      ["GET", "/openapi.json", {}],
      ["GET", "/api/v2/dags", {}],
      ["GET", "/api/v2/dags/nothing", {}],
      ["GET", "/predict", {}],
      ["GET", "/predict/nothing", {}],
      ["POST", "/predict", { body: '{"instrument": "AAA_BBB"}' }],
      ["POST", "/predict", { body: "{" }],
      ["POST", "/predict", { body: '{"instrument": "USD_SGD"}', ...page }],
      ["POST", "/get-online-features", { body: '{"entities": {}}' }],
      ["GET", "/get-online-features", {}],
      ["POST", "/push", { body: "{}" }],
      ["POST", "/api/reprocess", { body: "{}", ...page }],
      ["POST", "/api/import/candles?instrument=USD_SGD&granularity=H1", { body: "nonsense" }],
    ] as const) {
      const answers = [await ask(config.port, method, path, init), await ask(config.cron_port, method, path, init)];
      expect(answers[0], `${method} ${path}`).toEqual(answers[1]);
    }
    expect((await fetch(`http://127.0.0.1:${config.port}/health`)).status).toBe(200);
  });

  it("has the page of /docs, through the Worker in front and by itself", async () => {
    if (host === null) await startHost();
    for (const port of [config.port, config.whole_port]) await expectDocsPage(`http://127.0.0.1:${port}`);
  });

  /** Each of the two runtimes counts by itself, and both by the address that a proxy tells. */
  it("limits who asks too often, by what a proxy says of them, and answers while connections are held that ask nothing", async () => {
    await startHost({ RATE_LIMITS: "address=3/60", CLIENT_ADDRESS_HEADER: "X-Forwarded-For", CLOSED_PAGES: "docs,metrics" });
    const base = `http://127.0.0.1:${config.port}`;
    const ask = async (path: string, address: string, init: RequestInit = {}) =>
      (await fetch(`${base}${path}`, { ...init, headers: { "x-forwarded-for": `6.6.6.6, ${address}` } })).status;
    const held = Array.from({ length: 300 }, (_, index) => {
      const socket = connect(config.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(index % 2 === 0 ? "POST /predict HTTP/1.1\r\nHost: localhost\r\nX-Slow: " : "");
      return socket;
    });
    try {
      const body = '{"instrument": "USD_SGD"}';
      for (const [path, init] of [
        ["/version", {}],
        ["/predict", { method: "POST", body }],
      ] as const) {
        const statuses = [];
        for (let asked = 0; asked < 4; asked++) statuses.push(await ask(path, "203.0.113.1", init));
        expect(statuses, path).toEqual([200, 200, 200, 429]);
        expect(await ask(path, "203.0.113.2", init)).toBe(200);
      }
      expect([await ask("/docs", "203.0.113.3"), await ask("/metrics", "203.0.113.3")]).toEqual([404, 404]);
      expect(await ask(`/livez?a=${"a".repeat(17_000)}`, "203.0.113.1")).toBe(414);
      expect(await ask("/livez", "203.0.113.1")).toBe(200);
      // Node ends the connection behind its answer, which may be gone with it.
      const large = fetch(`${base}/livez`, { headers: { "x-large": "a".repeat(600_000) } });
      expect(
        await large.then(
          ({ status }) => status,
          () => "ended",
        ),
      ).toBeOneOf(config.serving === "node" ? [431, "ended"] : [431]);
    } finally {
      for (const socket of held) socket.destroy();
    }
  });

  it("serves what is pushed through it at once, to those who have the token", async () => {
    await startHost({ ADMIN_TOKEN: "secret" });
    const post = (path: string, body: object, token = "secret") =>
      fetch(`http://127.0.0.1:${config.port}${path}`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { authorization: `Bearer ${token}` },
      });
    const question = { entities: { instrument: ["USD_SGD"] }, features: ["market_liquidity:quoted_depth"] };
    const served = async () => ((await (await post("/get-online-features", question)).json()) as OnlineFeatures).results[1]!.values[0];
    expect((await post("/get-online-features", question, "guess")).status).toBe(401);
    const seen: unknown[] = [await served()];
    for (const depth of [1, 2, 3]) {
      const time = new Date(NOON + depth * 1_000).toISOString();
      const df = {
        instrument: ["USD_SGD"],
        event_timestamp: [time],
        liquidity_imbalance: [0],
        quoted_depth: [depth],
        liquidity_shock: [0],
      };
      expect((await post("/push", { push_source_name: "market_liquidity_push", df })).status).toBe(200);
      seen.push(await served());
    }
    expect(seen).toEqual([null, 1, 2, 3]);
  });

  it("answers predictions while the whole Worker's runtime does not get round to anything", async () => {
    await startHost();
    const before = await predict();
    const [busy, ...others] = runtimePids(new RegExp(`entry=[\\w.]+:${config.cron_port}\\b`));
    expect([busy, others]).toEqual([expect.any(Number), []]);
    process.kill(busy!, "SIGSTOP");
    try {
      // Longer than features are kept in the isolate: they come from libSQL then.
      await sleep(1_500);
      expect((await predict()).prediction).toBe(before.prediction);
    } finally {
      process.kill(busy!, "SIGCONT");
    }
    expect((await fetch(`http://127.0.0.1:${config.port}/api/v2/dags`)).status).toBe(200);
  });

  describe("with a journal", () => {
    let journal_config: JournalConfig;
    let journal: JournalProcess;
    /** As fx serve leaves predictions, where there is memory for that. */
    let inbox_folder: string | null = null;
    const inbox = () => (inbox_folder === null ? {} : { journal_inbox: inbox_folder });
    const variables = () => ({ JOURNAL_URL: `http://127.0.0.1:${journal_config.port}`, JOURNAL_TOKEN: journal_config.token });
    beforeAll(async () => {
      const where = { folder: join(folder, "journal"), host: "127.0.0.1", port: await freePort() };
      inbox_folder = inboxFolder(folder);
      journal_config = { ...where, ...(inbox_folder === null ? {} : { inbox: inbox_folder }), token: "j", sync: false, sqld_url: sqld.url };
      journal = await startJournal(journal_config);
      await startHost(variables(), inbox());
    });
    afterAll(async () => {
      await journal.kill();
      if (inbox_folder !== null) await rm(inbox_folder, { recursive: true });
    });

    const url = () => `http://127.0.0.1:${config.port}`;
    const loggedIds = async () => {
      expect(await journal.flush()).toBeNull();
      const { rows } = await sqld.database.$client.execute("SELECT prediction_id FROM predictions");
      return new Set(rows.map((row) => String(row[0])));
    };
    const expectAllLogged = async ({ acknowledged }: Asked) => {
      const logged = await loggedIds();
      expect(acknowledged.filter((id) => !logged.has(id))).toEqual([]);
      expect(new Set(acknowledged).size).toBe(acknowledged.length);
      await expectServedFeatures();
    };
    /** All of them were answered from one row: the log must have that row's values, in the model's order, as the trees' float32. */
    const expectServedFeatures = async () => {
      const rows = await sqld.database.selectDistinct({ features: predictions.features }).from(predictions);
      const row = alternatingRows(NOON, 1)[0]!;
      const positions = modelFeatureNames(GOLD, "USD_SGD").map((name) => GOLD.features.findIndex((feature) => feature.name === name));
      expect(rows.map(({ features }) => [...features])).toEqual([
        positions.map((position) => Math.fround(row.values[position] ?? Number.NaN)),
      ]);
    };

    it.skipIf(by === "node")("has made a backfill of a reprocess message by the time that it is accepted", async () => {
      const message = {
        pipeline: "market_feature_pipeline",
        instruments: ["USD_SGD"],
        from: "2025-06-01T00:00:00Z",
        to: "2025-06-02T00:00:00Z",
      };
      const body = JSON.stringify({ ...message, reason: "a test" });
      expect((await fetch(`${url()}/api/reprocess`, { method: "POST", body })).status).toBe(202);
      const { rows } = await sqld.database.$client.execute("SELECT count(*) FROM backfills");
      expect(Number(rows[0]?.[0])).toBe(1);
    });

    it("loses none that it has answered when the journal, the database and the runtime are killed or stopped under load", async () => {
      const over = new AbortController();
      const asking = askPredictions(url(), "USD_SGD", 16, over.signal);
      await sleep(500);
      await journal.kill();
      await sleep(300);
      journal = await startJournal(journal_config);
      process.kill(sqld.pid, "SIGSTOP");
      // Longer than anything is kept in the isolate: model and features come from KV then.
      await sleep(6_000);
      expect((await predict()).model_version).toBe(`${MODEL}/1`);
      const before = [...runtimePids(), ...(serving?.pid === undefined ? [] : [serving.pid])];
      for (const pid of before) process.kill(pid, "SIGKILL");
      process.kill(sqld.pid, "SIGCONT");
      // Finding the runtime's processes held this one up: the questions under way may all be answered, and it is the next that break.
      await sleep(300);
      over.abort();
      const asked = await asking;
      expect([before.length > 0, asked.acknowledged.length > 100, asked.failures > 0]).toEqual([true, true, true]);
      await expectAllLogged(asked);
    });

    it("refuses what comes once its host says that it ends, and has what it answered in the log then", async () => {
      const ways = [["recorded", inbox()] as const, ["recorded", {}] as const, ["at_once", inbox()] as const];
      for (const [PREDICTIONS_ANSWER, journal] of by === "node" ? ways.slice(0, 1) : ways) {
        await startHost({ ...variables(), PREDICTIONS_ANSWER }, journal);
        await predict();
        const over = new AbortController();
        const asking = askPredictions(url(), "USD_SGD", 8, over.signal);
        await sleep(1_500);
        expect(await drainPart("worker", { url: `${url()}/drain`, token: "j", within_ms: 20_000 })).toBeNull();
        await stopHost();
        over.abort();
        const asked = await asking;
        expect([asked.acknowledged.length > 50, [...asked.refused.keys()]]).toEqual([true, ["503 source_unavailable"]]);
        await expectAllLogged(asked);
      }
    });
  });

  it("finds after a restart what it kept, and what its store was given meanwhile", async () => {
    await startHost();
    expect((await predict()).model_version).toBe(`${MODEL}/1`);
  });

  it("puts another version in Production and the former back, and answers every question meanwhile", async () => {
    const ports = await portsOf(await startHost());
    await ports.tracking.setVersionTags(MODEL, await addModel(ports, { run_id: "b", strength: -0.4 }), SOUND);
    const over = new AbortController();
    const asking = askPredictions(`http://127.0.0.1:${config.port}`, "USD_SGD", 8, over.signal);
    for (const body of [
      { action: "promote", version: "2" },
      { action: "rollback", version: "1" },
    ] as const) {
      const response = await fetch(`http://127.0.0.1:${config.port}/api/models/${MODEL}/production`, {
        method: "POST",
        body: JSON.stringify({ ...body, reason: "a test", by: "a test" }),
      });
      expect([response.status, await response.json()]).toMatchObject([200, { version: body.version }]);
      const is_served = async () => expect((await predict()).model_version).toBe(`${MODEL}/${body.version}`);
      await vi.waitFor(is_served, { timeout: WAIT_LIMIT_MS, interval: 100 });
    }
    over.abort();
    const { acknowledged, failures, refused } = await asking;
    expect([acknowledged.length > 50, failures, [...refused]]).toEqual([true, 0, []]);
  });
});
