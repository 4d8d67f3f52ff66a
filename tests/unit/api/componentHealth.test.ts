import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createTestClock } from "../../support/engine/testEngine.ts";
import { walkUntil } from "../../support/market/candleLines.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { oneSidecar } from "../../support/ports/oneSidecar.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../support/ports/testPorts.ts";
import { fakeFleet } from "../../support/sidecar/fakeSidecars.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW, trainer: createFakeTrainer(), sentiment: createFakeScorer("no model") });
  app = createTestApp(ports);
});

const down = async () =>
  Promise.reject(new AppError("store_unavailable", "The database did not answer: refused", { status: 503, retryable: true }));

describe("GET /health", () => {
  it("of a fresh store is degraded, and says in each line what is missing", async () => {
    const { status, body } = await app.call("GET", "/health");
    expect([status, body.status, body.time]).toEqual([200, "degraded", toIso(NOW)]);
    expect(body.components).toEqual({
      libsql: { status: "ok", detail: "answers; holds no candle yet" },
      lake: { status: "ok", detail: "takes writes" },
      online_store: { status: "ok", detail: "answers; nothing is materialized yet" },
      sidecar: {
        status: "ok",
        detail: "XGBoost 3.4.1 on CPU; 0 running, 0 queued; the lexicon reads the news (FINGPT_BASE_GGUF is not set)",
      },
      candles: { status: "degraded", detail: "USD_SGD has none; EUR_USD has none" },
      models: { status: "degraded", detail: "not in Production: fx-usdsgd-predictor, fx-eurusd-predictor" },
    });
  });

  it("says who reads the news, and is degraded where a configured model does not", async () => {
    const sidecarWith = async (sentiment: TestPorts["sentiment"]) =>
      (await createTestApp({ ...ports, sidecars: oneSidecar(ports.trainer, sentiment) }).call("GET", "/health")).body.components.sidecar;
    expect(await sidecarWith(createFakeScorer())).toMatchObject({ status: "ok", detail: expect.stringMatching(/; FinGPT on cuda reads/) });
    const fallen = createFakeScorer("no model");
    const health = async () => ({ ...(await fallen.health()), base: "base.gguf", reason: "the model crashed three times" });
    expect(await sidecarWith({ ...fallen, health })).toMatchObject({
      status: "degraded",
      detail: expect.stringContaining("the lexicon reads the news (the model crashed three times)"),
    });
  });

  it("has a line for each of several sidecars, and is degraded while one is away", async () => {
    const fleet = fakeFleet(["a:1", "b:2"]);
    fleet.named("b:2").setDown(true);
    const { status, body } = await createTestApp({ ...ports, sidecars: fleet.sidecars }).call("GET", "/health");
    expect([status, body.status, Object.keys(body.components).filter((name) => name.startsWith("sidecar"))]).toEqual([
      200,
      "degraded",
      ["sidecar a:1", "sidecar b:2"],
    ]);
    expect(body.components["sidecar a:1"]).toMatchObject({
      status: "ok",
      detail: expect.stringMatching(/^XGBoost 3.4.1 on CPU; 0 running/),
    });
    expect(body.components["sidecar b:2"]).toMatchObject({
      status: "down",
      detail: expect.stringMatching(/^The sidecar at b:2 cannot be reached: refused\. .*check SIDECAR_URL/),
    });
  });

  it("candles are late five minutes after the close of a bar that is not there, and not over a weekend", async () => {
    await ports.bars.claimMarket("oanda");
    const close = Date.UTC(2025, 5, 27, 21);
    for (const [instrument, seed] of [["USD_SGD", 1] as const, ["EUR_USD", 2] as const])
      await storeBars(ports, walkUntil(instrument, close, 5, seed));
    const candlesAt = async (now: number) =>
      (await createTestApp({ ...ports, clock: createTestClock(now) }).call("GET", "/health")).body.components.candles;
    expect(await candlesAt(close + 40 * HOUR)).toEqual({ status: "ok", detail: "2 instruments are current" });
    const due = close + 49 * HOUR + 5 * MINUTE;
    expect(await candlesAt(due)).toMatchObject({ status: "ok" });
    const words = `ends at ${toIso(close)}: the bar of ${toIso(close + 49 * HOUR)} is 5 min late`;
    expect(await candlesAt(due + 1)).toEqual({ status: "degraded", detail: `USD_SGD ${words}; EUR_USD ${words}` });
    expect((await candlesAt(close - 3 * HOUR)).detail).toMatch(
      /^USD_SGD has bars until 2025-06-27T21:00:00Z, which is after now: the clock has gone back/,
    );
  });

  it("Friday's last bar is missed on Saturday too", async () => {
    await ports.bars.claimMarket("oanda");
    const close = Date.UTC(2025, 5, 27, 21);
    for (const instrument of ["USD_SGD", "EUR_USD"]) await storeBars(ports, walkUntil(instrument, close - HOUR, 5, 1));
    ports.clock.set(close + 12 * HOUR);
    expect((await app.call("GET", "/health")).body.components.candles.status).toBe("degraded");
  });

  it.each([
    ["the database", (p: TestPorts) => ({ ...p, bars: { ...p.bars, market: down } }), "libsql", 503, "down"],
    ["the online store", (p: TestPorts) => ({ ...p, online: { ...p.online, read: down } }), "online_store", 503, "down"],
    [
      "the sidecar",
      (p: TestPorts) => ({ ...p, sidecars: oneSidecar({ ...p.trainer, health: down }, p.sentiment) }),
      "sidecar",
      200,
      "degraded",
    ],
  ])("without %s", async (_name, change, component, status, overall) => {
    const answer = await createTestApp(change(ports)).call("GET", "/health");
    expect([answer.status, answer.body.status]).toEqual([status, overall]);
    const detail = expect.stringMatching(/^The database did not answer: refused\. On one machine .*; elsewhere check /);
    expect(answer.body.components[component]).toEqual({ status: "down", detail });
  });

  it("a component that never answers is down after its time", async () => {
    vi.useFakeTimers();
    const sidecars = oneSidecar({ ...ports.trainer, health: () => new Promise(() => {}) }, ports.sentiment);
    const answer = createTestApp({ ...ports, sidecars }).call("GET", "/health");
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await answer).body.components.sidecar).toMatchObject({
      status: "down",
      detail: expect.stringMatching(/^no answer in 2000 ms\. /),
    });
    vi.useRealTimers();
  });
});
