import { beforeEach, describe, expect, it } from "vitest";
import { settleOutcomes } from "../../../../functions/pipelines/monitoring/settleOutcomes.ts";
import { HOUR, MINUTE } from "../../../../shared/domain/instant.ts";
import { modelNameOf } from "../../../../shared/models/modelName.ts";
import { createTestApp } from "../../../support/api/testApp.ts";
import { runSlices } from "../../../support/engine/stepContext.ts";
import { logAnswers, servedAnswer } from "../../../support/models/monitorFixture.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const MADE_ON = { event_time: NOON, horizon_bars: 1 };

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOON + 2 * HOUR });
});

const barAt = (end: number, close: number) => {
  const mid = { o: close, h: close, l: close, c: close };
  return { instrument: "USD_SGD", granularity: "H1" as const, start: end - HOUR, mid, bid: null, ask: null, volume: null };
};

async function settleAt(at = NOON + 2 * HOUR) {
  const { outcome } = await runSlices(settleOutcomes, ports, { map_key: "", window: { start: at - 15 * MINUTE, end: at } });
  return "report" in outcome ? outcome.report : outcome;
}

const versions = () => ports.outcomes.versions("USD_SGD", MADE_ON);

/** A candle that takes the place of what stands there, as `fx import candles --replace` has it. */
async function replace(end: number, close: number) {
  ports.clock.set(ports.clock.now() + MINUTE);
  const write = { object_key: "correction", bars: [barAt(end, close)], lines: [1], rejects: [], replaces: true };
  await ports.bars.write({ ...write, ingested_at: ports.clock.now() });
}

describe("outcomes", () => {
  it("are a row each, once the bar is known: of the pipeline's and of users' predictions, by the bars", async () => {
    await storeBars(ports, [barAt(NOON, 1.3)]);
    await logAnswers(ports, [servedAnswer(NOON, 0.6)]);
    await logAnswers(ports, [servedAnswer(NOON, 0.7), servedAnswer(NOON, 0.2)], "user");
    expect(await settleAt()).toEqual({ read: 1, written: 0 });
    expect(await versions()).toEqual([]);
    await storeBars(ports, [barAt(NOON + HOUR, 1.31)]);
    expect(await settleAt()).toEqual({ read: 1, written: 1 });
    const return_bp = Math.log(1.31 / 1.3) * 1e4;
    expect(await versions()).toEqual([
      {
        ...{ instrument: "USD_SGD", ...MADE_ON, version: 1, target_end: NOON + HOUR },
        ...{ realized_direction: "bullish", return_bp, source: "bars", by_bars: "bullish", mid_from: 1.3, mid_to: 1.31 },
        ...{ from_ingested_at: NOON + 2 * HOUR, to_ingested_at: NOON + 2 * HOUR, known_at: NOON + 2 * HOUR, settled_at: NOON + 2 * HOUR },
      },
    ]);
    expect(await settleAt()).toEqual({ read: 0, written: 0 });
  });

  it("are not settled before what was predicted is over, even where its bar is there already", async () => {
    await storeBars(ports, [barAt(NOON, 1.3), barAt(NOON + HOUR, 1.31)]);
    await logAnswers(ports, [servedAnswer(NOON, 0.6)]);
    expect(await settleAt(NOON + 45 * MINUTE)).toEqual({ read: 1, written: 0 });
    expect(await settleAt(NOON + HOUR)).toEqual({ read: 1, written: 1 });
  });

  it("of a horizon of five bars wait for the fifth", async () => {
    await storeBars(ports, [barAt(NOON, 1.3), barAt(NOON + HOUR, 1.31)]);
    await logAnswers(ports, [servedAnswer(NOON, 0.6, { model_name: modelNameOf("USD_SGD", 5) })], "user");
    expect(await settleAt(NOON + 6 * HOUR)).toEqual({ read: 1, written: 0 });
    await storeBars(ports, [barAt(NOON + 5 * HOUR, 1.29)]);
    expect(await settleAt(NOON + 6 * HOUR)).toEqual({ read: 1, written: 1 });
    expect(await ports.outcomes.versions("USD_SGD", { event_time: NOON, horizon_bars: 5 })).toMatchObject([
      { target_end: NOON + 5 * HOUR, realized_direction: "bearish", version: 1 },
    ]);
    expect(await settleAt(NOON + 6 * HOUR)).toEqual({ read: 0, written: 0 });
  });

  it.each([
    ["the bar that a prediction was made on", NOON, 1.32],
    ["the bar that decides it", NOON + HOUR, 1.29],
  ])("get another version when %s is corrected, and none is rewritten", async (_name, end, close) => {
    await storeBars(ports, [barAt(NOON, 1.3), barAt(NOON + HOUR, 1.31)]);
    await logAnswers(ports, [servedAnswer(NOON, 0.6, { prediction_id: "p" })]);
    await settleAt();
    const [first] = await versions();
    await replace(end, close);
    const app = createTestApp(ports);
    const outcome = async () => (await app.call("GET", "/predictions/p")).body.outcome;
    expect((await outcome()).realized_direction).toBe("bullish");
    expect(await settleAt()).toEqual({ read: 1, written: 1 });
    expect(await versions()).toMatchObject([first, { version: 2, realized_direction: "bearish", source: "bars" }]);
    expect(await outcome()).toMatchObject({ realized_direction: "bearish", source: "bars" });
    expect(await settleAt()).toEqual({ read: 0, written: 0 });
    const rewrite = ports.database.$client.execute("UPDATE outcomes SET realized_direction = 'flat'");
    await expect(rewrite).rejects.toThrow("never rewritten");
    await expect(ports.database.$client.execute("DELETE FROM outcomes")).rejects.toThrow("never rewritten");
  });

  it("go by what was reported, at once, with its source and beside what the bars say", async () => {
    await storeBars(ports, [barAt(NOON, 1.3), barAt(NOON + HOUR, 1.31)]);
    await logAnswers(ports, [servedAnswer(NOON, 0.6, { prediction_id: "p" })]);
    await settleAt();
    const app = createTestApp(ports);
    await app.call("POST", "/feedback", { prediction_id: "p", realized_price: 1.299, source: "desk" });
    const told = { realized_direction: "bearish", source: "desk", by_bars: "bullish", return_bp: Math.log(1.299 / 1.3) * 1e4 };
    expect((await app.call("GET", "/predictions/p")).body.outcome).toMatchObject(told);
    expect(await settleAt()).toEqual({ read: 1, written: 1 });
    expect(await versions()).toMatchObject([
      { version: 1, source: "bars" },
      { version: 2, ...told },
    ]);
    expect((await app.call("GET", "/predictions/p")).body.outcome).toMatchObject(told);
    expect(await settleAt()).toEqual({ read: 0, written: 0 });
  });

  it("that were reported while the bars were missing stay open until these have their say", async () => {
    await logAnswers(ports, [servedAnswer(NOON, 0.6, { prediction_id: "p" })]);
    await createTestApp(ports).call("POST", "/feedback", { prediction_id: "p", realized_direction: "bearish", source: "desk" });
    expect(await settleAt()).toEqual({ read: 1, written: 1 });
    expect(await settleAt()).toEqual({ read: 1, written: 0 });
    await storeBars(ports, [barAt(NOON, 1.3), barAt(NOON + HOUR, 1.31)]);
    expect(await settleAt()).toEqual({ read: 1, written: 1 });
    expect(await versions()).toMatchObject([
      { by_bars: null, source: "desk" },
      { by_bars: "bullish", source: "desk", realized_direction: "bearish" },
    ]);
    expect(await settleAt()).toEqual({ read: 0, written: 0 });
  });

  it("reach what is corrected and what is old, however much is open whose bars never come", async () => {
    await storeBars(ports, [barAt(NOON, 1.3), barAt(NOON + HOUR, 1.31), barAt(NOON + 2 * HOUR, 1.32)]);
    await logAnswers(ports, [servedAnswer(NOON, 0.6)]);
    await settleAt();
    await replace(NOON + HOUR, 1.29);
    await logAnswers(ports, [servedAnswer(NOON + HOUR, 0.6)]);
    const stuck = 2_500;
    await ports.database.$client.execute({
      sql: "INSERT INTO predicted_bars (instrument, event_time, model_name) SELECT 'USD_SGD', value, ? FROM json_each(?)",
      args: [modelNameOf("USD_SGD"), JSON.stringify(Array.from({ length: stuck }, (_, row) => NOON + 3 * HOUR + row * MINUTE))],
    });
    const at = NOON + 3 * HOUR + stuck * MINUTE;
    expect(await settleAt(at)).toEqual({ read: stuck + 2, written: 2 });
    expect(await versions()).toMatchObject([{ version: 1 }, { version: 2, realized_direction: "bearish" }]);
    expect(await ports.outcomes.versions("USD_SGD", { event_time: NOON + HOUR, horizon_bars: 1 })).toMatchObject([
      { version: 1, realized_direction: "bullish" },
    ]);
    expect(await settleAt(at)).toEqual({ read: stuck, written: 0 });
  });

  it("are the same however often a run is repeated, and whoever wins", async () => {
    await storeBars(ports, [barAt(NOON, 1.3), barAt(NOON + HOUR, 1.31)]);
    await logAnswers(ports, [servedAnswer(NOON, 0.6)]);
    await settleAt();
    const [row] = await versions();
    await ports.outcomes.prepareOutcomes([{ ...row!, realized_direction: "flat" }]).commit();
    expect(await versions()).toEqual([row]);
  });
});
