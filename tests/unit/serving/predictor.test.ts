import { beforeEach, describe, expect, it, vi } from "vitest";
import { createPredictor } from "../../../functions/serving/predictor.ts";
import { DAY, HOUR, MINUTE, SECOND, toIso } from "../../../shared/domain/instant.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import {
  addModel,
  addRows,
  alternatingRows,
  CLAIM,
  GOLD,
  goldRow,
  materialize,
  predictorPorts,
  ready,
} from "../../support/models/servingFixture.ts";
import { probabilityOf } from "../../support/models/tinyModel.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;
const UP = probabilityOf(0.4);
const DOWN = probabilityOf(-0.4);

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
});

describe("live", () => {
  it("answers from the newest row with the model in Production", async () => {
    await ready(ports, NOON);
    const { record, said, claim, ...rest } = await createPredictor(predictorPorts(ports))("USD_SGD", null);
    expect(claim).toMatchObject(CLAIM);
    const target = { target_end: NOON + HOUR, target_ended: false };
    expect(rest).toEqual({
      at: NOW,
      raw_prediction: UP,
      return_interval_bp: null,
      features_used: 1,
      ...target,
      market_open: true,
      view_states: { news_features: "unused" },
      knowledge: null,
    });
    const { at: _at, knowledge: _knowledge, ...alike } = rest;
    expect(said).toEqual({ ...alike, claim });
    expect(record).toMatchObject({
      prediction_id: "prediction-1",
      model_name: modelNameOf("USD_SGD"),
      model_version: "1",
      event_time: NOON,
      target_start: NOON,
      prediction: UP,
      requested_at: NOW,
      as_of: null,
    });
    expect(record.features.filter((value) => value !== null)).toEqual([Math.fround(-0.001)]);
  });

  it("calibrates as the model's card says, and shows what the trees said beside it", async () => {
    const calibration = { kind: "platt", slope: 0.5, intercept: -0.3, rows: 5_000 } as const;
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY, card: { calibration } });
    await addRows(ports, alternatingRows(NOON, 60));
    await materialize(ports, goldRow(NOON, -0.001));
    const ask = createPredictor(predictorPorts(ports));
    for (const as_of of [null, NOON]) {
      const { record, raw_prediction } = await ask("USD_SGD", as_of);
      expect(raw_prediction).toBe(UP);
      // Log-odds of 0.4 / 2 - 0.3: the direction is another too.
      expect(record.prediction).toBeCloseTo(1 / (1 + Math.exp(0.1)), 7);
      expect(Math.fround(record.prediction)).toBe(record.prediction);
    }
  });

  it("gives an interval for the return where the row's volatility is known, with the coverage that was seen", async () => {
    const realised_coverage = { estimate: 0.88, low: 0.86, high: 0.9 };
    const return_interval = {
      level: 0.9,
      volatility: "yang_zhang_vol_20",
      by_hour: Array<number>(24).fill(1.5),
      low: -2,
      high: 1.8,
      rows: 1_700,
      realised_coverage,
      realised_rows: 1_650,
      missed_below: 0.05,
      missed_above: 0.07,
      mean_width_bp: 40,
    };
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY, card: { return_interval } });
    const row = goldRow(NOON, -0.001);
    row.values[GOLD.features.findIndex(({ name }) => name === "yang_zhang_vol_20")] = 0.002;
    await addRows(ports, [...alternatingRows(NOON - HOUR, 59), row]);
    await materialize(ports, row);
    const ask = createPredictor(predictorPorts(ports));
    const { return_interval_bp } = await ask("USD_SGD", null);
    const [centre, size] = [2 * UP - 1, 30];
    expect(return_interval_bp).toMatchObject({ level: 0.9, realised_coverage, n: 1_650 });
    expect(return_interval_bp!.low).toBeCloseTo(size * (centre - 2), 4);
    expect(return_interval_bp!.high).toBeCloseTo(size * (centre + 1.8), 4);
    expect((await ask("USD_SGD", NOON - HOUR)).return_interval_bp).toBeNull();
  });

  it("reads nothing again within a second", async () => {
    await ready(ports, NOON);
    const read = vi.spyOn(ports.online, "read");
    const predict = createPredictor(predictorPorts(ports));
    for (let i = 0; i < 5; i++) await predict("USD_SGD", null);
    expect(read).toHaveBeenCalledTimes(1);
    ports.clock.advance(SECOND);
    await predict("USD_SGD", null);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("a promotion reaches it within five seconds", async () => {
    await ready(ports, NOON);
    const predict = createPredictor(predictorPorts(ports));
    await predict("USD_SGD", null);
    await addModel(ports, { run_id: "b", strength: 1, promoted_at: NOW });
    ports.clock.advance(5 * SECOND);
    expect((await predict("USD_SGD", null)).record).toMatchObject({ model_version: "2", prediction: probabilityOf(1) });
  });

  it("a new row reaches it within a second", async () => {
    await ready(ports, NOON);
    const predict = createPredictor(predictorPorts(ports));
    await predict("USD_SGD", null);
    await materialize(ports, goldRow(NOON + HOUR, 0.001));
    ports.clock.set(NOON + HOUR + MINUTE);
    expect((await predict("USD_SGD", null)).record).toMatchObject({ event_time: NOON + HOUR, prediction: DOWN });
  });

  it.each([
    ["nothing is materialized", async () => {}],
    ["what is online is of another schema", async () => void (await ports.online.write("USD_SGD", { market_features: oldSchema() }))],
  ])("from libSQL when %s", async (_name, prepare) => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY, online: false });
    await addRows(ports, alternatingRows(NOON, 5));
    await prepare();
    expect((await createPredictor(predictorPorts(ports))("USD_SGD", null)).record).toMatchObject({ model_version: "1", prediction: UP });
  });

  const oldSchema = () => ({ event_time: NOON, created_time: NOON, available_at: NOON, schema_hash: "old", values: [1] });
});

describe("the bar that an answer is about", () => {
  it.each([
    ["is coming", 59 * MINUTE, false],
    ["ends now", HOUR, true],
    ["ended ten minutes ago", HOUR + 10 * MINUTE, true],
  ])("%s", async (_name, later_ms, target_ended) => {
    await ready(ports, NOON);
    ports.clock.set(NOON + later_ms);
    const expected = { target_end: NOON + HOUR, target_ended };
    expect(await createPredictor(predictorPorts(ports))("USD_SGD", null)).toMatchObject(expected);
    expect(await createPredictor(predictorPorts(ports))("USD_SGD", NOON + later_ms)).toMatchObject(expected);
  });

  it("is the last of the horizon that the model was trained for", async () => {
    await ready(ports, NOON);
    await addModel(ports, { run_id: "b", strength: 0.4, promoted_at: NOW, card: { horizon_bars: 3 } });
    ports.clock.set(NOON + HOUR + 10 * MINUTE);
    expect(await createPredictor(predictorPorts(ports))("USD_SGD", null)).toMatchObject({
      target_end: NOON + 3 * HOUR,
      target_ended: false,
    });
    // The next row is overdue, though what this one predicts has not ended.
    ports.clock.advance(1);
    await expect(createPredictor(predictorPorts(ports))("USD_SGD", null)).rejects.toMatchObject({
      code: "features_stale",
      details: { target_end: toIso(NOON + 3 * HOUR) },
    });
  });
});
