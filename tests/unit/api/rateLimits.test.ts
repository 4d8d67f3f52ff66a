import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { versionRoute } from "../../../shared/contracts/frontDoor.ts";
import { NO_RATE_LIMITS } from "../../../shared/contracts/limits/rateLimits.ts";
import { createRouteApp } from "../../../shared/contracts/route/createRouteApp.ts";
import { handle } from "../../../shared/contracts/route/mountRoutes.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { toAppError } from "../../../shared/errors.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12, 20);
const KEYS = (["desk", "lab"] as const).map((name) => ({
  name,
  sha256: sha256Hex(`fx_${name}`),
  scopes: ["predict" as const, "read" as const],
  created_at: toIso(NOW - HOUR),
  expires_at: null,
  revoked_at: null,
}));
const [DESK, LAB] = ["fx_desk", "fx_lab"].map((key) => ({ authorization: `Bearer ${key}` }));
const WRONG = { authorization: "Bearer fx_guess" };
const from = (address: string) => ({ "x-forwarded-for": `6.6.6.6, ${address}` });

let ports: TestPorts;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
});
const guarded = (rate_limits: string) => createTestApp(ports, { api_keys: KEYS, rate_limits, address_header: "X-Forwarded-For" });

/** Statuses of so many requests, one after the other. */
async function ask(app: TestApp, times: number, headers: Record<string, string> = {}, path = "/api/v2/pools"): Promise<number[]> {
  const statuses: number[] = [];
  for (let asked = 0; asked < times; asked++) statuses.push((await app.call("GET", path, undefined, headers)).status);
  return statuses;
}

describe("who has a key", () => {
  it("is limited by it, wherever they ask from, and no other key by theirs", async () => {
    const app = guarded("key=3/60");
    expect(await ask(app, 2, { ...DESK, ...from("203.0.113.1") })).toEqual([200, 200]);
    expect(await ask(app, 2, { ...DESK, ...from("203.0.113.2") })).toEqual([200, 429]);
    expect(await ask(app, 3, LAB)).toEqual([200, 200, 200]);
    ports.clock.advance(20_000);
    expect(await ask(app, 2, DESK)).toEqual([200, 429]);
  });

  it("is told with every answer what is left, and with 429 when to come again", async () => {
    const app = guarded("key=2/60");
    const fields = async () => {
      const { status, headers, body } = await app.call("GET", "/api/v2/pools", undefined, DESK);
      const said = ["ratelimit-policy", "ratelimit", "retry-after"].map((name) => headers.get(name));
      return { status, said, code: body.code, message: body.detail };
    };
    expect(await fields()).toMatchObject({ status: 200, said: ['"key";q=2;w=60', '"key";r=1;t=30', null] });
    expect(await fields()).toMatchObject({ status: 200, said: ['"key";q=2;w=60', '"key";r=0;t=30', null] });
    const refused = await fields();
    expect(refused).toMatchObject({ status: 429, said: ['"key";q=2;w=60', '"key";r=0;t=30', "30"], code: "rate_limited" });
    expect(refused.message).toMatch(/with this key are more than 2 in 60 s .* again in 30 s/);
  });

  it("has what a batch asks for counted one by one", async () => {
    const app = guarded("key=10/60");
    const requests = Array.from({ length: 8 }, () => ({ instrument: "AAA_BBB" }));
    const batch = () => app.call("POST", "/predict/batch", { requests }, DESK);
    const first = await batch();
    expect([first.status, first.headers.get("ratelimit")]).toEqual([200, '"key";r=2;t=6']);
    expect([(await batch()).status, (await batch()).status]).toEqual([200, 429]);
    // 16 are owed of 10 a minute: six of them first.
    ports.clock.advance(36_000);
    expect((await batch()).status).toBe(429);
    ports.clock.advance(6_000);
    expect((await batch()).status).toBe(200);
  });
});

describe("who has none", () => {
  it("is limited by the address that the proxy tells, and together with all others where none does", async () => {
    const app = createTestApp(ports, { rate_limits: "address=2/60", address_header: "X-Forwarded-For" });
    expect(await ask(app, 3, from("203.0.113.1"))).toEqual([200, 200, 429]);
    expect(await ask(app, 1, from("203.0.113.2"))).toEqual([200]);
    expect(await ask(app, 3)).toEqual([200, 200, 429]);
    expect(await ask(app, 1, { "x-forwarded-for": "unknown" })).toEqual([429]);
  });

  it("is limited at what is open, at paths that there are not, and with methods that there are not", async () => {
    for (const path of ["/", "/version", "/nothing"]) {
      const statuses = await ask(createTestApp(ports, { api_keys: KEYS, rate_limits: "address=1/60" }), 2, {}, path);
      expect(statuses[1], path).toBe(429);
    }
  });

  it("may watch whether it lives as often as they like", async () => {
    const app = createTestApp(ports, { rate_limits: "address=1/60" });
    expect(await ask(app, 5, {}, "/livez")).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(await ask(app, 3, {}, "/health")).has(429)).toBe(false);
    expect((await app.call("GET", "/livez")).headers.get("ratelimit")).toBeNull();
  });
});

describe("who tries keys", () => {
  it("is refused after some that were none, and then with a right one, too, but from their address alone", async () => {
    const app = guarded("failures=3/60");
    const here = from("203.0.113.1");
    expect(await ask(app, 4, { ...WRONG, ...here })).toEqual([401, 401, 401, 429]);
    expect(await ask(app, 1, { ...DESK, ...here })).toEqual([429]);
    expect(await ask(app, 1, { ...DESK, ...from("203.0.113.2") })).toEqual([200]);
    const { headers } = await app.call("GET", "/api/v2/pools", undefined, { ...WRONG, ...here });
    expect([headers.get("ratelimit-policy"), headers.get("retry-after")]).toEqual(['"failures";q=3;w=60', "20"]);
    ports.clock.advance(20_000);
    expect(await ask(app, 1, { ...DESK, ...here })).toEqual([200]);
  });

  it("is nobody who sends none: they are counted as others without a key, and shut nobody out who has one", async () => {
    const app = guarded("failures=3/60,address=5/60");
    const here = from("203.0.113.1");
    expect(await ask(app, 6, here)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await ask(app, 1, { ...DESK, ...here })).toEqual([200]);
    const { headers, body } = await app.call("GET", "/api/v2/pools", undefined, here);
    expect([headers.get("ratelimit-policy"), headers.get("www-authenticate")]).toEqual(['"address";q=5;w=60', null]);
    expect(body.detail).toContain("without a key");
    expect((await ask(app, 3, { ...WRONG, ...here })).at(-1)).toBe(401);
    expect(await ask(app, 1, { ...DESK, ...here })).toEqual([429]);
  });

  it("is refused at the login of Airflow's command and with MLflow's password, too", async () => {
    const here = from("203.0.113.1");
    const log_in = (app: TestApp) => app.call("POST", "/auth/token/cli", { username: "x", password: "fx_guess" }, here);
    const app = guarded("failures=2/60");
    expect([(await log_in(app)).status, (await log_in(app)).status, (await log_in(app)).status]).toEqual([401, 401, 429]);
    const basic = { authorization: `Basic ${btoa("anyone:fx_guess")}`, ...here };
    const search = (mlflow: TestApp) => mlflow.call("POST", "/api/2.0/mlflow/runs/search", { experiment_ids: ["0"] }, basic);
    const other = guarded("failures=1/60");
    expect((await search(other)).status).toBe(401);
    const refused = await search(other);
    expect([refused.status, refused.body.error_code]).toEqual([429, "REQUEST_LIMIT_EXCEEDED"]);
  });

  it("shuts nobody out where nobody tells who asks", async () => {
    const app = createTestApp(ports, { api_keys: KEYS, rate_limits: "failures=1/60" });
    expect(new Set(await ask(app, 150, { ...WRONG, ...from("203.0.113.1") }))).toEqual(new Set([401]));
    expect(await ask(app, 1, DESK)).toEqual([200]);
  });

  it.each([
    ["says no address", { "x-forwarded-for": "unknown" }],
    ["says nothing", {}],
  ])("shares a hundred times as many with all others of whom the proxy %s, and shuts nobody else out", async (_words, unread) => {
    const app = guarded("failures=1/60");
    expect(new Set(await ask(app, 100, { ...WRONG, ...unread }))).toEqual(new Set([401]));
    expect(await ask(app, 1, { ...WRONG, "x-forwarded-for": "_hidden" })).toEqual([429]);
    expect(await ask(app, 1, { ...DESK, ...unread })).toEqual([429]);
    expect(await ask(app, 1, { ...DESK, ...from("203.0.113.1") })).toEqual([200]);
    ports.clock.advance(1_000);
    expect(await ask(app, 1, { ...DESK, ...unread })).toEqual([200]);
  });
});

it("without limits nothing is counted or said", async () => {
  const { status, headers } = await createTestApp(ports).call("GET", "/version");
  expect([status, headers.get("ratelimit"), headers.get("ratelimit-policy")]).toEqual([200, null, null]);
});

describe("a refusal", () => {
  it("is put off, so that who asks again at once is slowed down; of those that wait there are no more than a thousand", async () => {
    const waiting: PromiseWithResolvers<void>[] = [];
    const sleep = (ms: number) => {
      expect(ms).toBe(250);
      waiting.push(Promise.withResolvers());
      return waiting.at(-1)!.promise;
    };
    let now = NOW;
    const rates = {
      limits: { ...NO_RATE_LIMITS, address: { quota: 1, window_ms: 60_000 } },
      address_of: () => null,
      now: () => now,
      sleep,
    };
    const app = createRouteApp({
      mounted: [handle(versionRoute, () => ({ name: "a", version: "1", commit: null }))],
      allowed_hosts: "any",
      rates,
      bearers: {},
      translate: toAppError,
    });
    const ask = async () => (await app.request("/version")).status;
    expect(await ask()).toBe(200);
    const refused = Array.from({ length: 1_000 }, ask);
    expect(await Promise.race([refused[0], "none yet"])).toBe("none yet");
    await vi.waitFor(() => expect(waiting).toHaveLength(1_000));
    expect(await ask()).toBe(429);
    for (const one of waiting) one.resolve();
    expect(new Set(await Promise.all(refused))).toEqual(new Set([429]));
    const later = ask();
    await vi.waitFor(() => expect(waiting).toHaveLength(1_001));
    waiting.at(-1)!.resolve();
    expect(await later).toBe(429);
    // Of clients that have left: the runtime ends their requests, and their waits never end.
    for (let left = 0; left < 1_000; left++) void ask();
    await vi.waitFor(() => expect(waiting).toHaveLength(2_001));
    expect(await ask()).toBe(429);
    now += 3_000;
    void ask();
    await vi.waitFor(() => expect(waiting).toHaveLength(2_002));
  });
});
