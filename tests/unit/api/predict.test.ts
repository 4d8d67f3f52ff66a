import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { predictResponseSchema } from "../../../shared/contracts/predict.ts";
import { problemSchema } from "../../../shared/contracts/route/ownErrors.ts";
import { BOOTSTRAP_PREFIX } from "../../../shared/domain/bootstrapRun.ts";
import { DAY, HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { GATE } from "../../support/api/actors.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { walkUntil } from "../../support/market/candleLines.ts";
import { addModel, addRows, alternatingRows, CLAIM, materialize } from "../../support/models/servingFixture.ts";
import { probabilityOf, TINY_COVERS } from "../../support/models/tinyModel.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
  const rows = alternatingRows(NOON, 60);
  await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
  await addRows(ports, rows);
  await materialize(ports, rows.at(-1)!);
});

const predict = (body: unknown) => app.call("POST", "/predict", body);

describe("a good question", () => {
  it("is answered in full, and the answer is logged", async () => {
    const { status, body } = await predict({ instrument: "USD_SGD" });
    expect(status).toBe(200);
    expect(predictResponseSchema.parse(body)).toEqual({
      instrument: "USD_SGD",
      prediction: probabilityOf(0.4),
      raw_prediction: probabilityOf(0.4),
      return_interval_bp: null,
      direction: "bullish",
      confidence: Math.abs(probabilityOf(0.4) - 0.5) * 2,
      features_used: 1,
      skill: CLAIM.skill,
      accuracy: CLAIM.accuracy,
      baseline: CLAIM.baseline,
      net_bp: CLAIM.net_bp,
      model_version: "fx-usdsgd-predictor/1",
      timestamp: toIso(NOW),
      event_time: toIso(NOON),
      target_start: toIso(NOON),
      target_end: toIso(NOON + HOUR),
      target_ended: false,
      market_open: true,
      news_features: "unused",
      prediction_id: "id-1",
    });
    expect(app.recorded.map(({ prediction_id, as_of }) => [prediction_id, as_of])).toEqual([["id-1", null]]);
  });

  it.each([
    ["a zone", "2025-06-25T13:00:00+02:00", NOON - HOUR],
    ["nanoseconds", "2025-06-25T11:59:59.999999999Z", NOON - 1],
    ["this very moment", toIso(NOW), NOW],
  ])("with a timestamp that has %s", async (_name, timestamp, at) => {
    const { status, body } = await predict({ instrument: "USD_SGD", timestamp });
    expect([status, body.timestamp]).toEqual([200, toIso(at)]);
    expect(app.recorded[0]?.as_of).toBe(at);
  });

  it("about the past says what it stands on, and is had again with both times", async () => {
    const timestamp = toIso(NOON - HOUR + MINUTE);
    const { body } = await predict({ instrument: "USD_SGD", timestamp });
    expect(body).toMatchObject({ basis: "replayed", recorded_until: expect.any(String) });
    await ports.tracking.transition("fx-usdsgd-predictor", "1", "Archived", NOON - 2 * HOUR, "withdrawn, it says now, before", GATE);
    expect((await predict({ instrument: "USD_SGD", timestamp })).status).toBe(503);
    const again = await predict({ instrument: "USD_SGD", timestamp, recorded_until: body.recorded_until });
    expect(again.body).toEqual({ ...body, prediction_id: "id-2" });
  });

  it.each([
    ["without the moment that it belongs to", { recorded_until: toIso(NOW) }],
    ["in the future", { timestamp: toIso(NOW), recorded_until: toIso(NOW + HOUR) }],
  ])("is refused with recorded_until %s", async (_name, over) => {
    const { status, body } = await predict({ instrument: "USD_SGD", ...over });
    expect([status, body.field]).toEqual([422, "recorded_until"]);
  });

  it("says with explain=true what each feature did to it, in log-odds before calibration", async () => {
    const explained = await app.call("POST", "/predict?explain=true", { instrument: "USD_SGD" });
    const { explanation, ...rest } = explained.body;
    expect({ ...rest, prediction_id: "" }).toEqual({ ...(await predict({ instrument: "USD_SGD" })).body, prediction_id: "" });
    const bias = Math.fround(0.4) * ((TINY_COVERS.left - TINY_COVERS.right) / (TINY_COVERS.left + TINY_COVERS.right));
    expect(explanation).toMatchObject({ margin: Math.fround(0.4), bias, note: expect.stringMatching(/this model is not calibrated/) });
    expect(1 / (1 + Math.exp(-explanation.margin))).toBeCloseTo(rest.raw_prediction, 6);
    const [first, ...others] = explanation.contributions;
    expect(first).toEqual({ feature: "ret_1", value: Math.fround(-0.001), contribution: expect.closeTo(Math.fround(0.4) - bias, 12) });
    expect(others.length).toBeGreaterThan(50);
    expect(others.every((one: { value: unknown; contribution: number }) => one.value === null && one.contribution === 0)).toBe(true);
  });

  it.each([
    ["false", 200],
    ["yes", 422],
    ["", 422],
  ])("with explain=%s is %d, and not explained", async (explain, status) => {
    const { status: actual, body } = await app.call("POST", `/predict?explain=${explain}`, { instrument: "USD_SGD" });
    expect([actual, body.explanation, body.field]).toEqual([status, undefined, status === 422 ? "explain" : undefined]);
  });

  it.each([
    ["sound", '{"instrument": "USD_SGD"}', 200, undefined],
    ["with a field too many", '{"instrument": "USD_SGD", "horizon": 5}', 422, "horizon"],
    ["broken", "{", 400, "body"],
    ["long", `{"instrument": "USD_SGD"}${" ".repeat(1_000)}`, 200, undefined],
    ["too long", `{"instrument": "USD_SGD"}${" ".repeat(16 * 1024)}`, 413, "body"],
  ])("answers a body alike, however often it is sent: one that is %s", async (_what, text, status, field) => {
    for (let times = 0; times < 3; times++) {
      const { status: actual, body } = await app.call("POST", "/predict", text);
      expect([actual, body.field]).toEqual([status, field]);
    }
    expect(new Set(app.recorded.map(({ prediction_id }) => prediction_id)).size).toBe(status === 200 ? 3 : 0);
  });

  it("stands when the log's queue refuses it", async () => {
    app = createTestApp(ports, { record: async () => Promise.reject(new Error("queue is full")) });
    expect((await predict({ instrument: "USD_SGD" })).status).toBe(200);
  });

  it("waits until it is recorded where the installation promises so, and is none when it cannot be", async () => {
    const taken = Promise.withResolvers<void>();
    let answered = false;
    app = createTestApp(ports, { answers_when_recorded: true, record: () => taken.promise });
    const asked = predict({ instrument: "USD_SGD" }).finally(() => (answered = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toBe(false);
    taken.resolve();
    expect((await asked).status).toBe(200);
    const full = new AppError("store_unavailable", "The disk is full.", { status: 503, retryable: true, retry_after_ms: 1_000 });
    app = createTestApp(ports, { answers_when_recorded: true, record: () => Promise.reject(full) });
    const { status, body, headers } = await predict({ instrument: "USD_SGD" });
    expect([status, body.code, headers.get("retry-after")]).toEqual([503, "store_unavailable", "1"]);
  });

  it("needs no token, whatever the content type", async () => {
    app = createTestApp(ports, { admin_token: "secret" });
    expect((await app.call("POST", "/predict", '{"instrument": "USD_SGD"}', { "content-type": "text/plain" })).status).toBe(200);
  });
});

describe("a bad question", () => {
  it.each([
    ["an unknown instrument", { instrument: "XAU_USD" }, 404, "unknown_instrument", "instrument"],
    ["an instrument in lower case", { instrument: "usd_sgd" }, 404, "unknown_instrument", "instrument"],
    ["no body", undefined, 400, "bad_json", "body"],
    ["an empty body", "", 400, "bad_json", "body"],
    ["half a body", '{"instrument": "USD', 400, "bad_json", "body"],
    ["sixteen thousand brackets", "[".repeat(16_000), 400, "bad_json", "body"],
    ["a list", [], 422, "invalid_request", "body"],
    ["null", "null", 422, "invalid_request", "body"],
    ["a horizon that no model has", { instrument: "USD_SGD", horizon_bars: 7 }, 422, "invalid_request", "horizon_bars"],
    ["no instrument", {}, 422, "invalid_request", "instrument"],
    ["an instrument that is no text", { instrument: 7 }, 422, "invalid_request", "instrument"],
    ["an unknown field", { instrument: "USD_SGD", horizon: 5 }, 422, "invalid_request", "horizon"],
    ["a timestamp that is a number", { instrument: "USD_SGD", timestamp: 1_750_000_000 }, 422, "invalid_request", "timestamp"],
    ["a timestamp that is null", { instrument: "USD_SGD", timestamp: null }, 422, "invalid_request", "timestamp"],
    ["a timestamp without a zone", { instrument: "USD_SGD", timestamp: "2025-06-25T12:00:00" }, 400, "invalid_timestamp", "timestamp"],
    ["a day that there is not", { instrument: "USD_SGD", timestamp: "2025-02-30T12:00:00Z" }, 400, "invalid_timestamp", "timestamp"],
    ["an empty timestamp", { instrument: "USD_SGD", timestamp: "" }, 400, "invalid_timestamp", "timestamp"],
    ["a moment ahead", { instrument: "USD_SGD", timestamp: toIso(NOW + 1) }, 422, "invalid_timestamp", "timestamp"],
    ["the end of days", { instrument: "USD_SGD", timestamp: "9999-12-31T23:59:59-23:59" }, 422, "invalid_timestamp", "timestamp"],
  ])("%s", async (_name, body, status, code, field) => {
    const answer = await predict(body);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([status, code, field]);
    expect(answer.body.detail).toMatch(new RegExp(`^${field}: `));
  });

  it("an unknown instrument is told which there are, those with imported bars among them", async () => {
    await storeBars(ports, walkUntil("GBP_USD", NOON, 3, 1));
    const { body } = await predict({ instrument: "GBP_USE" });
    expect(body.context.known).toEqual(["USD_SGD", "EUR_USD", "GBP_USD"]);
    expect((await predict({ instrument: "GBP_USD" })).body.code).toBe("no_production_model");
  });

  it("an unknown instrument is still 404 when the database cannot be asked for more", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const down = async () => Promise.reject(new AppError("store_unavailable", "down", { status: 503 }));
    app = createTestApp({ ...ports, bars: { ...ports.bars, coverage: down } });
    expect((await predict({ instrument: "XAU_USD" })).body.context.known).toEqual(["USD_SGD", "EUR_USD"]);
    warn.mockRestore();
  });

  it("without a model while the bootstrap is under way, it says how far that is", async () => {
    const interval = { data_interval_start: toIso(NOON - DAY), data_interval_end: toIso(NOON) };
    const dag_run_id = `${BOOTSTRAP_PREFIX}${toIso(NOON)}`;
    expect((await app.call("POST", "/api/v2/dags/data_collection/dagRuns", { dag_run_id, ...interval })).status).toBe(200);
    const { status, body } = await predict({ instrument: "EUR_USD" });
    expect([status, body.code]).toEqual([503, "no_production_model"]);
    expect(body.detail).toMatch(/the bootstrap is at step 1 of 5, data_collection \(running, 0 of \d+ tasks done\)/);
    expect(body.context.bootstrap).toMatchObject({ dag_id: "data_collection", run_id: dag_run_id, step: 1, steps: 5 });
    // What was never in Production at a moment of the past is no matter of a bootstrap.
    expect((await predict({ instrument: "EUR_USD", timestamp: toIso(NOON) })).body.context).not.toHaveProperty("bootstrap");
  });

  it.each(["GET", "PUT", "DELETE", "PATCH"])("%s is not a way to ask", async (method) => {
    const { status, body } = await app.call(method, "/predict");
    expect([status, body.code]).toEqual([405, "method_not_allowed"]);
    expect(body.detail).toContain(`${method} /predict`);
  });

  it("long before there was anything", async () => {
    const { status, body } = await predict({ instrument: "USD_SGD", timestamp: "0001-01-01T00:00:00Z" });
    expect([status, body.code]).toEqual([503, "no_production_model"]);
  });
});

describe("a large body", () => {
  const padded = (bytes: number) => `{"instrument": "USD_SGD"${" ".repeat(bytes - 25)}}`;

  it("of 16 KiB is read", async () => {
    expect(padded(16 * 1024)).toHaveLength(16 * 1024);
    expect((await predict(padded(16 * 1024))).status).toBe(200);
  });

  it.each([
    ["that says its length", (text: string) => text, { "content-length": String(16 * 1024 + 1) }],
    ["that says a smaller length", (text: string) => text, { "content-length": "25" }],
    ["in chunks without a length", chunked, {}],
  ])("of a byte more is 413, %s", async (_name, wrap, headers) => {
    const { status, body } = await app.call("POST", "/predict", wrap(padded(16 * 1024 + 1)), headers);
    expect([status, body.code, body.field, body.context]).toEqual([413, "body_too_large", "body", { max_bytes: 16 * 1024 }]);
  });

  it("is not read beyond the limit", async () => {
    let sent = 0;
    const endless = new ReadableStream({ pull: (controller) => void controller.enqueue(new Uint8Array(1_024).fill(32 + 0 * sent++)) });
    expect((await predict(endless)).status).toBe(413);
    expect(sent).toBeLessThan(64);
  });

  function chunked(text: string): ReadableStream<Uint8Array> {
    const bytes = new TextEncoder().encode(text);
    return new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 1_000) controller.enqueue(bytes.slice(at, at + 1_000));
        controller.close();
      },
    });
  }
});

describe("whatever is sent", () => {
  const keys = fc.constantFrom("instrument", "timestamp", "__proto__", "constructor", "toString", "horizon", "");
  const timestamps = fc.oneof(
    fc.string(),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.tuple(fc.nat(99_999_999_999), fc.nat(999_999_999)).map(([seconds, nanos]) => `${seconds}.${String(nanos).padStart(9, "0")}`),
  );
  const bodies = fc.oneof(
    fc.json(),
    fc.string(),
    fc.dictionary(keys, fc.jsonValue()).map((body) => JSON.stringify(body)),
    timestamps.map((timestamp) => JSON.stringify({ instrument: "USD_SGD", timestamp })),
    fc.string().map((instrument) => JSON.stringify({ instrument })),
    fc.string({ unit: "binary" }).map((text) => `{"instrument": "USD_SGD", "timestamp": "${text}"}`),
  );

  it("is never answered with a 5xx but a declared 503, and always with a body of the contract", async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const answer = await predict(body);
        if (answer.status === 200) predictResponseSchema.parse(answer.body);
        else expect(problemSchema.parse(answer.body)).toEqual(answer.body);
        if (answer.status >= 500)
          expect([answer.status, answer.body.code]).toEqual([
            503,
            expect.stringMatching(/^(no_production_model|features_missing|features_stale)$/),
          ]);
      }),
      { numRuns: 400, seed: 42 },
    );
  });
});
