import { beforeEach, describe, expect, it } from "vitest";
import { predictBar } from "../../../../functions/pipelines/market_features/predictBar.ts";
import { createBarPredictor } from "../../../../functions/serving/barPredictor.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import { createTestApp } from "../../../support/api/testApp.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { addModel, addRows, goldRow, materialize, ready } from "../../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const FRIDAY_CLOSE = Date.UTC(2025, 5, 27, 21);

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOON + 8 * SECOND });
});

async function runOf(end: number) {
  const context = stepContext({ window: { start: end - HOUR, end } });
  const outcome = await predictBar.run(ports, context);
  await context.settle();
  return outcome;
}

async function logged() {
  return ports.predictions.list({ instrument: "USD_SGD", from: null, to: null, after: null, limit: 100 });
}

describe("the pipeline's own prediction", () => {
  it("is what a user is answered, to the bit, with its times, and is logged as the pipeline's", async () => {
    await ready(ports, NOON);
    const app = createTestApp(ports);
    expect(await runOf(NOON)).toEqual({
      kind: "success",
      report: {
        read: 1,
        written: 1,
        prediction_id: "pipeline-USD_SGD-20250625T120000Z",
        event_time: "2025-06-25T12:00:00Z",
        model_version: "fx-usdsgd-predictor/1",
        age_ms: 8 * SECOND,
        latency_ms: 0,
      },
    });
    await app.call("POST", "/predict", { instrument: "USD_SGD" });
    const { prediction_id: _asked, latency_us: _took, ...asked } = app.recorded[0]!;
    const { prediction_id, source, ...own } = (await ports.predictions.find("pipeline-USD_SGD-20250625T120000Z"))!;
    expect([own, prediction_id, source]).toEqual([asked, "pipeline-USD_SGD-20250625T120000Z", "pipeline"]);
    expect((await app.call("GET", "/predictions?instrument=USD_SGD&source=pipeline")).body.predictions).toMatchObject([
      { prediction_id, source: "pipeline", as_of: null, outcome: null },
    ]);
    expect((await app.call("GET", "/predictions?instrument=USD_SGD&source=user")).body.predictions).toEqual([]);
    expect((await app.call("GET", "/predictions?instrument=USD_SGD&source=me")).status).toBe(422);
  });

  it("is one a bar: whatever is repeated, the first stands, also where another model has come since", async () => {
    await ready(ports, NOON);
    const { report: first } = (await runOf(NOON)) as { report: { written: number } };
    ports.clock.set(NOON + 20 * MINUTE);
    await addModel(ports, { run_id: "b", strength: -0.4, promoted_at: NOON + 10 * MINUTE });
    const again = await runOf(NOON);
    expect(again).toEqual({ kind: "success", report: { ...first, written: 0 } });
    // Two workers at once: each has found none, and both write.
    const record = (await ports.predictions.find("pipeline-USD_SGD-20250625T120000Z"))!;
    await ports.prediction_log.prepareForecast({ ...record, prediction: 0.125 }).commit();
    expect((await logged()).map(({ prediction }) => prediction)).toEqual([record.prediction]);
  });

  it("writes nothing where the slice does not settle", async () => {
    await ready(ports, NOON);
    await predictBar.run(ports, stepContext({ window: { start: NOON - HOUR, end: NOON } }));
    expect(await logged()).toEqual([]);
  });

  it("is not made of the past: not by a run that is late, nor by a backfill, alone or in a block", async () => {
    await ready(ports, NOON);
    const contexts = [NOON - 2 * DAY, NOON].map((end) => stepContext({ window: { start: end - HOUR, end } }));
    ports.clock.set(NOON + 59 * MINUTE);
    expect(await predictBar.block!.run(ports, contexts)).toBeNull();
    ports.clock.set(NOON + HOUR);
    const reason = expect.stringContaining("What would be predicted ended at 2025-06-25T13:00:00Z");
    expect(await runOf(NOON)).toEqual({ kind: "skipped", reason });
    expect(await predictBar.block!.run(ports, contexts)).toMatchObject([{ kind: "skipped" }, { kind: "skipped", reason }]);
    expect(await logged()).toEqual([]);
  });

  it("leaves a row that has come since to the run of its hour", async () => {
    await ready(ports, NOON);
    ports.clock.set(NOON + 30 * MINUTE);
    const newer = goldRow(NOON + 30 * MINUTE, 0.001);
    await addRows(ports, [newer]);
    await materialize(ports, newer);
    expect(await runOf(NOON)).toEqual({ kind: "skipped", reason: expect.stringContaining("a later run predicts on") });
  });

  it.each([
    ["an hour old", 8 * SECOND],
    ["stale", 15 * MINUTE],
  ])("is tried again where serving sees a row that is %s, and libSQL has the run's", async (_words, after) => {
    await ready(ports, NOON - HOUR);
    await addRows(ports, [goldRow(NOON, 0.001)]);
    ports.clock.set(NOON + after);
    // Serving's own look at libSQL comes to nothing: what it knows is what the online store has.
    const { features } = ports;
    const blind = { ...features, latest: () => Promise.reject(new AppError("store_unavailable", "away", { retryable: true })) };
    const predictor = createBarPredictor({ ...ports, features: blind }, () => "asked");
    const context = stepContext({ window: { start: NOON - HOUR, end: NOON } });
    const again = { code: "store_unavailable", retryable: true };
    await expect(predictBar.run({ ...ports, predictor }, context)).rejects.toMatchObject({
      ...again,
      message: expect.stringContaining("does not see it yet"),
    });
    await expect(predictBar.run({ ...ports, predictor, features: blind }, context)).rejects.toMatchObject(again);
    expect(await runOf(NOON)).toMatchObject({ kind: "success", report: { written: 1 } });
  });

  it("is skipped where the run has built no row, and the one before is over", async () => {
    await ready(ports, NOON - HOUR);
    expect(await runOf(NOON)).toEqual({ kind: "skipped", reason: expect.stringContaining("ended at 2025-06-25T12:00:00Z") });
  });

  it("is made of Friday's last bar, about Sunday's first", async () => {
    ports.clock.set(FRIDAY_CLOSE + 9 * SECOND);
    await ready(ports, FRIDAY_CLOSE);
    expect(await runOf(FRIDAY_CLOSE)).toMatchObject({ kind: "success", report: { written: 1, event_time: "2025-06-27T21:00:00Z" } });
  });

  it("waits for nothing where there is no model yet, or no row", async () => {
    expect(await runOf(NOON)).toEqual({ kind: "skipped", reason: expect.stringContaining("No model of USD_SGD is in Production") });
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    expect(await runOf(NOON)).toEqual({ kind: "skipped", reason: expect.stringContaining("no feature row") });
  });

  it("took no less than nothing where the clock is set back meanwhile", async () => {
    await ready(ports, NOON);
    const now = async (instrument: string) => {
      const answer = await ports.predictor.now(instrument);
      ports.clock.advance(-5 * SECOND);
      return answer;
    };
    const context = stepContext({ window: { start: NOON - HOUR, end: NOON } });
    expect(await predictBar.run({ ...ports, predictor: { now } }, context)).toMatchObject({ report: { latency_ms: 0 } });
    await context.settle();
    const { rows } = await ports.database.$client.execute("SELECT latency_us FROM predictions");
    expect(rows.map((row) => row["latency_us"])).toEqual([0]);
  });

  it("fails where a model cannot be read, so that it is tried again and told of", async () => {
    await ready(ports, NOON);
    const broken = { ...ports, predictor: { now: () => Promise.reject(Object.assign(new Error("broken"))) } };
    await expect(predictBar.run(broken, stepContext({ window: { start: NOON - HOUR, end: NOON } }))).rejects.toThrow("broken");
  });
});
