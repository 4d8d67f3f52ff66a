import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { z } from "zod";
import { OPTIONS_FILE } from "../../functions/local/serve/hostConfig.ts";
import { keepPages } from "../../functions/local/serve/keepPages.ts";
import type { onlineFeaturesSchema } from "../../shared/contracts/onlineFeatures.ts";
import { askPredictions } from "../support/api/askPredictions.ts";
import { expectDocsPage } from "../support/api/expectDocsPage.ts";
import { addModel } from "../support/models/servingFixture.ts";
import { SOUND } from "../support/models/soundTags.ts";
import { freePort } from "../support/stack/freePort.ts";
import { buildForHosts, createServedStore, type ServedStore } from "../support/stack/servedStore.ts";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";
import { MODEL, NOON, NOW, promote, runtimePids } from "./serveHost/servedModel.ts";
import { describeWithJournal } from "./serveHost/withJournal.ts";

type OnlineFeatures = z.infer<typeof onlineFeaturesSchema>;

let built: Awaited<ReturnType<typeof buildForHosts>>;
let served: ServedStore;
beforeAll(async () => {
  built = await buildForHosts();
});
afterAll(() => built.remove());

describe.each(["workerd", "node"] as const)("predictions answered by %s", (by) => {
  beforeAll(async () => {
    served = await createServedStore(by, built.build, NOW);
  });
  afterAll(() => served.remove());

  it("answers on the Worker's own port with the bindings of wrangler.toml, and logs through the queue", async () => {
    await promote(served, await served.start());
    const answers = [await served.predict(), await served.predict(), await served.predict()];
    expect(new Set(answers.map(({ prediction }) => prediction)).size).toBe(1);
    const logged = async () => {
      const { rows } = await served.sqld.database.$client.execute(
        "SELECT prediction_id, prediction FROM predictions ORDER BY requested_at",
      );
      return rows.map((row) => ({ prediction_id: row[0], prediction: row[1] }));
    };
    const expected = answers.map(({ prediction_id, prediction }) => ({ prediction_id, prediction }));
    await vi.waitFor(async () => expect(await logged()).toEqual(expect.arrayContaining(expected)), {
      timeout: WAIT_LIMIT_MS,
      interval: 100,
    });
  });

  it.skipIf(by === "node")("takes crons on the other port only", async () => {
    await served.start();
    const fire = (port: number) => fetch(`http://127.0.0.1:${port}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`);
    const taken = await fire(served.config.cron_port);
    expect([taken.status, await taken.text()]).toEqual([200, "ok"]);
    expect((await fire(served.config.port)).status).toBe(404);
  });

  /** The whole Worker is asked by itself at the port of crons: whoever asks the Worker in front must not see that there are two. */
  it("answers what is no prediction as the whole Worker does, and predictions alike", async () => {
    if (served.host === null) await served.start();
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
      const answers = [await ask(served.config.port, method, path, init), await ask(served.config.cron_port, method, path, init)];
      expect(answers[0], `${method} ${path}`).toEqual(answers[1]);
    }
    expect((await fetch(`${served.url}/health`)).status).toBe(200);
  });

  it("has the page of /docs, through the Worker in front and by itself", async () => {
    if (served.host === null) await served.start();
    for (const port of [served.config.port, served.config.whole_port]) await expectDocsPage(`http://127.0.0.1:${port}`);
  });

  it("is reached at other addresses of the machine where it is told to be, by the one port alone", async () => {
    const answers = (port: number) =>
      fetch(`http://127.0.0.2:${port}/livez`).then(
        ({ status }) => status,
        () => null,
      );
    await served.start();
    expect(await answers(served.config.port)).toBeNull();
    await served.start({}, { listen_host: "0.0.0.0" });
    // The name is not one that it is asked by.
    expect(await answers(served.config.port)).toBe(403);
    for (const port of [served.config.whole_port, served.config.stores_port, served.config.cron_port])
      expect(await answers(port)).toBeNull();
    await served.stop();
  });

  it("keeps the pages that it was started with while others are built in their place", async () => {
    const own = join(served.folder, "worker-build");
    const checkout = join(served.folder, "assets");
    const put = async (script: string) => {
      await rm(join(checkout, "ui"), { recursive: true, force: true });
      await mkdir(join(checkout, "ui/assets"), { recursive: true });
      await writeFile(join(checkout, "ui/index.html"), `<!doctype html><script type="module" src="/ui/assets/${script}"></script>`);
      await writeFile(join(checkout, "ui/assets", script), "export {};");
    };
    await put("app-1.js");
    await cp(built.build, own, { recursive: true });
    const options_file = join(own, OPTIONS_FILE);
    const options = JSON.parse(await readFile(options_file, "utf8"));
    await writeFile(options_file, JSON.stringify({ ...options, assets: { ...options.assets, directory: checkout } }));
    keepPages(own);
    await served.start({}, { build: own });
    await put("app-2.js");
    const page = await (await fetch(`${served.url}/ui/now`)).text();
    expect(page).toContain("/ui/assets/app-1.js");
    const ask = async (script: string) => (await fetch(`${served.url}/ui/assets/${script}`)).status;
    expect([await ask("app-1.js"), await ask("app-2.js")]).toEqual([200, 404]);
    await served.stop();
  });

  /** Each Worker that a call passes through leaves its garbage, and is a second turn of the one thread that a runtime has. */
  it("has no Worker of Miniflare's before it, nor on the way to the database", async () => {
    const names = new Set<unknown>();
    const between = createServer((asked, answer) => {
      names.add(asked.headers["cf-worker"]);
      const options = { method: asked.method, headers: asked.headers };
      const asking = request(`${served.sqld.url}${asked.url}`, options, (found) => {
        answer.writeHead(found.statusCode ?? 502, found.headers);
        found.pipe(answer);
      });
      asked.pipe(asking.on("error", () => answer.destroy()));
    });
    await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
    try {
      const inspector_port = await freePort();
      await served.start({ SQLD_URL: `http://127.0.0.1:${(between.address() as AddressInfo).port}` }, { inspector_port });
      for (const port of [served.config.port, served.config.whole_port])
        expect((await fetch(`http://127.0.0.1:${port}/api/v2/dags/~/dagRuns`)).status).toBe(200);
      // Miniflare's Worker for what goes out says the name of the one that asked.
      expect([...names]).toEqual([undefined]);
      const workers = (await (await fetch(`http://127.0.0.1:${inspector_port}/json`)).json()) as { id: string }[];
      const before = workers.map(({ id }) => id).filter((id) => /^assets:(?:router|rpc-proxy):/.test(id));
      expect(before.filter((id) => !id.endsWith("-pages"))).toEqual([]);
      await served.stop();
    } finally {
      between.closeAllConnections();
      between.close();
    }
  });

  /** Each of the two runtimes counts by itself, and both by the address that a proxy tells. */
  it("limits who asks too often, by what a proxy says of them, and answers while connections are held that ask nothing", async () => {
    await served.start({ RATE_LIMITS: "address=3/60", CLIENT_ADDRESS_HEADER: "X-Forwarded-For", CLOSED_PAGES: "docs,metrics" });
    const base = served.url;
    const ask = async (path: string, address: string, init: RequestInit = {}) =>
      (await fetch(`${base}${path}`, { ...init, headers: { "x-forwarded-for": `6.6.6.6, ${address}` } })).status;
    const held = Array.from({ length: 300 }, (_, index) => {
      const socket = connect(served.config.port, "127.0.0.1");
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
      ).toBeOneOf(served.config.serving === "node" ? [431, "ended"] : [431]);
    } finally {
      for (const socket of held) socket.destroy();
    }
  });

  it("serves what is pushed through it at once, to those who have the token", async () => {
    await served.start({ ADMIN_TOKEN: "secret" });
    const post = (path: string, body: object, token = "secret") =>
      fetch(`${served.url}${path}`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { authorization: `Bearer ${token}` },
      });
    const question = { entities: { instrument: ["USD_SGD"] }, features: ["market_liquidity:quoted_depth"] };
    const servedDepth = async () => ((await (await post("/get-online-features", question)).json()) as OnlineFeatures).results[1]!.values[0];
    expect((await post("/get-online-features", question, "guess")).status).toBe(401);
    const seen: unknown[] = [await servedDepth()];
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
      seen.push(await servedDepth());
    }
    expect(seen).toEqual([null, 1, 2, 3]);
  });

  it("answers predictions while the whole Worker's runtime does not get round to anything", async () => {
    await served.start();
    const before = await served.predict();
    const [busy, ...others] = runtimePids(new RegExp(`entry=[\\w.]+:${served.config.cron_port}\\b`));
    expect([busy, others]).toEqual([expect.any(Number), []]);
    process.kill(busy!, "SIGSTOP");
    try {
      // Longer than features are kept in the isolate: they come from libSQL then.
      await sleep(1_500);
      expect((await served.predict()).prediction).toBe(before.prediction);
    } finally {
      process.kill(busy!, "SIGCONT");
    }
    expect((await fetch(`${served.url}/api/v2/dags`)).status).toBe(200);
  });

  describeWithJournal(by, () => served);

  it("finds after a restart what it kept, and what its store was given meanwhile", async () => {
    await served.start();
    expect((await served.predict()).model_version).toBe(`${MODEL}/1`);
  });

  it("puts another version in Production and the former back, and answers every question meanwhile", async () => {
    const ports = await served.ports(await served.start());
    await ports.tracking.setVersionTags(MODEL, await addModel(ports, { run_id: "b", strength: -0.4 }), SOUND);
    const over = new AbortController();
    const asking = askPredictions(served.url, "USD_SGD", 8, over.signal);
    for (const body of [
      { action: "promote", version: "2" },
      { action: "rollback", version: "1" },
    ] as const) {
      const response = await fetch(`${served.url}/api/models/${MODEL}/production`, {
        method: "POST",
        body: JSON.stringify({ ...body, reason: "a test", by: "a test" }),
      });
      expect([response.status, await response.json()]).toMatchObject([200, { version: body.version }]);
      const is_served = async () => expect((await served.predict()).model_version).toBe(`${MODEL}/${body.version}`);
      await vi.waitFor(is_served, { timeout: WAIT_LIMIT_MS, interval: 100 });
    }
    over.abort();
    const { acknowledged, failures, refused } = await asking;
    expect([acknowledged.length > 50, failures, [...refused]]).toEqual([true, 0, []]);
  });
});
