import { describe, expect, it } from "vitest";
import { oandaCandleSchema } from "../../../shared/contracts/oanda.ts";
import { get, jsonOf, sandboxAt, TOKEN } from "./support.ts";

const PATH = "/v3/instruments/USD_SGD/candles?granularity=H1&count=9&price=MBA";
const waited: number[] = [];
const sandbox = () => sandboxAt("2026-03-05T15:20:30Z", { sleep: async (delay_ms) => void waited.push(delay_ms) });
const order = (app: ReturnType<typeof sandbox>, fault: unknown) =>
  Promise.resolve(
    app.request("/sandbox/faults", { method: "POST", headers: TOKEN, body: typeof fault === "string" ? fault : JSON.stringify(fault) }),
  );

describe("faults on demand", () => {
  it("answers 429 with the Retry-After ordered, as often as ordered", async () => {
    const app = sandbox();
    expect((await order(app, { kind: "rate_limit", count: 2, retry_after_s: 7 })).status).toBe(201);
    for (const status of [429, 429, 200]) {
      const response = await get(app, PATH);
      expect([response.status, response.headers.get("Retry-After")]).toEqual([status, status === 429 ? "7" : null]);
    }
  });

  it("answers 500, for the instrument ordered only", async () => {
    const app = sandbox();
    await order(app, { kind: "server_error", count: 1, instrument: "EUR_USD" });
    expect((await get(app, PATH)).status).toBe(200);
    expect((await get(app, PATH.replace("USD_SGD", "EUR_USD"))).status).toBe(500);
    expect((await get(app, PATH.replace("USD_SGD", "EUR_USD"))).status).toBe(200);
  });

  it("waits, then answers as usual", async () => {
    const app = sandbox();
    await order(app, { kind: "slow", count: 1, delay_ms: 1_234 });
    const slow = await jsonOf(get(app, PATH));
    expect(waited).toEqual([1_234]);
    expect(slow).toEqual(await jsonOf(get(app, PATH)));
  });

  it("cuts the body in the middle", async () => {
    const app = sandbox();
    await order(app, { kind: "truncate", count: 1 });
    const cut = await (await get(app, PATH)).text();
    const whole = await (await get(app, PATH)).text();
    expect(cut).toBe(whole.slice(0, Math.floor(whole.length / 2)));
    expect(() => JSON.parse(cut)).toThrow(SyntaxError);
  });

  it("breaks one candle of the answer, in each of four ways in turn", async () => {
    const app = sandbox();
    const { candles: whole } = await jsonOf(get(app, PATH));
    await order(app, { kind: "malformed_candle", count: 4 });
    const broken = [];
    for (let turn = 0; turn < 4; turn++) {
      const { candles } = await jsonOf(get(app, PATH));
      const changed = candles.flatMap((candle: unknown, i: number) =>
        JSON.stringify(candle) === JSON.stringify(whole[i]) ? [] : [candle],
      );
      expect(changed).toHaveLength(1);
      broken.push(changed[0]);
    }
    expect(Number(broken[0].bid.c)).toBeGreaterThan(Number(broken[0].ask.c));
    expect(broken[1].mid.c).toBe("NaN");
    expect(Number(broken[2].mid.h)).toBeLessThan(Number(broken[2].mid.l));
    expect(oandaCandleSchema.safeParse(broken[3]).success).toBe(false);
    expect((await jsonOf(get(app, PATH))).candles).toEqual(whole);
  });

  it("lists what is left and clears it", async () => {
    const app = sandbox();
    await order(app, { kind: "server_error", count: 3 });
    await get(app, PATH);
    const left = [{ kind: "server_error", count: 3, remaining: 2 }];
    expect(await jsonOf(app.request("/sandbox/faults"))).toMatchObject({ faults: left });
    expect(await jsonOf(app.request("/sandbox"))).toMatchObject({ faults: left });
    expect((await app.request("/sandbox/faults", { method: "DELETE", headers: TOKEN })).status).toBe(200);
    expect((await get(app, PATH)).status).toBe(200);
  });

  it.for<[string, unknown]>([
    ["kind", { kind: "fire", count: 1 }],
    ["kind", { count: 1 }],
    ["count", { kind: "slow" }],
    ["count", { kind: "slow", count: 0 }],
    ["count", { kind: "slow", count: 1.5 }],
    ["instrument", { kind: "slow", count: 1, instrument: "usdsgd" }],
    ["delay_ms", { kind: "slow", count: 1, delay_ms: -1 }],
    ["retry_after_s", { kind: "rate_limit", count: 1, retry_after_s: "soon" }],
    ["colour", { kind: "slow", count: 1, colour: "red" }],
  ])("refuses a bad %s by name", async ([field, fault]) => {
    const response = await order(sandbox(), fault);
    const problem = await jsonOf(response);
    expect([response.status, problem.code, problem.field]).toEqual([422, "invalid_request", field]);
    expect(problem.detail).toContain(field);
  });
});

describe("who may order them", () => {
  const send = (method: string, headers: Record<string, string>, body = '{"kind": "slow", "count": 1}') =>
    Promise.resolve(sandbox().request("/sandbox/faults", { method, headers, ...(method === "POST" ? { body } : {}) }));

  it("whoever has the token", async () => {
    for (const method of ["POST", "DELETE"]) expect((await send(method, {})).status).toBe(401);
    expect((await send("POST", TOKEN)).status).toBe(201);
  });

  it("no web page, also with the token, and nobody by a foreign name", async () => {
    expect((await send("POST", { ...TOKEN, origin: "https://evil.example" })).status).toBe(403);
    expect((await send("POST", { ...TOKEN, host: "evil.example" })).status).toBe(403);
  });

  it("a body that is no JSON is 400", async () => {
    const response = await send("POST", TOKEN, "not json");
    expect([response.status, (await jsonOf(response)).code]).toEqual([400, "bad_json"]);
  });
});

describe("what the sandbox says of itself", () => {
  it("tells seed, signal and the best possible accuracy", async () => {
    const status = await jsonOf(sandbox().request("/sandbox"));
    expect(status).toMatchObject({
      seed: 1,
      signal: 0.2,
      optimal_accuracy: 0.6,
      epoch: "2005-01-02T22:00:00Z",
      clock: "2026-03-05T15:20:30Z",
      faults: [],
    });
    expect(status.instruments).toHaveLength(7);
  });

  it("as a page for a browser", async () => {
    const response = await sandbox().request("/sandbox", { headers: { Accept: "text/html" } });
    expect(response.headers.get("Content-Type")).toContain("text/html");
    expect(await response.text()).toContain("optimal_accuracy");
  });

  it("is healthy without a token, and takes no other method", async () => {
    expect(await jsonOf(sandbox().request("/health"))).toEqual({ status: "ok", time: "2026-03-05T15:20:30Z" });
    const response = await sandbox().request("/sandbox/faults", { method: "PUT" });
    expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, POST, DELETE"]);
  });
});
