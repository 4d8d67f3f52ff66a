import { beforeAll, describe, expect, it } from "vitest";
import { productionRecord } from "../../../../functions/pipelines/validation/productionRecord.ts";
import { DAY, HOUR, toIso } from "../../../../shared/domain/instant.ts";
import { sourceKeys } from "../../../../shared/models/modelCard.ts";
import { openModelCard, sealModelCard } from "../../../../shared/models/modelSeal.ts";
import { TRAINING_DELAY_MS } from "../../../../shared/models/trainingDelay.ts";
import { createTestApp, type TestApp } from "../../../support/api/testApp.ts";
import { NAME, NOON, runTraining, type Trained, trained, validate } from "../../../support/models/trainedModel.ts";

/** Two models that were trained and promoted nine and five days ago, as a backfill would. */
const [FIRST, SECOND] = [NOON - 9 * DAY, NOON - 5 * DAY];
const YEAR = 365 * DAY;

let done: Trained;
let app: TestApp;
beforeAll(async () => {
  done = await trained();
  done.ports.clock.set(NOON);
  for (const [at, version] of [
    [FIRST, "2"],
    [SECOND, "3"],
  ] as const) {
    await runTraining(done, at, `run-${version}`);
    await validate(done, version, at);
  }
  app = createTestApp(done.ports);
});
const USD_SGD = { instrument: "USD_SGD", horizon_bars: 1 };
const record = (window: { start: number; end: number }) => productionRecord(done.ports, USD_SGD, window);

describe("the record of Production", () => {
  it("has every bar end from when the first model was there, each answered by the model of its moment", async () => {
    const { rows, versions } = await record({ start: NOON - YEAR, end: NOON });
    expect(versions).toEqual(["2", "3"]);
    const times = Array.from(rows.event_time);
    expect(times[0]).toBe(FIRST + TRAINING_DELAY_MS + (HOUR - (TRAINING_DELAY_MS % HOUR)));
    expect(times.at(-1)).toBe(NOON - HOUR);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    // The small model looks at the last return alone.
    const said = Array.from(rows.p, (p, row) => [Number(p > 0.5), Number(rows.ret_1[row]! < 0)]);
    expect(said.every(([up, fell]) => up === fell)).toBe(true);
  });

  it("is the same in pieces", async () => {
    const [whole, before, after] = await Promise.all([
      record({ start: FIRST, end: NOON }),
      record({ start: FIRST, end: SECOND + 7 * HOUR }),
      record({ start: SECOND + 7 * HOUR, end: NOON }),
    ]);
    expect([...Array.from(before.rows.event_time), ...Array.from(after.rows.event_time)]).toEqual(whole.rows.event_time);
    expect([...Array.from(before.rows.p), ...Array.from(after.rows.p)]).toEqual(whole.rows.p);
    expect([before.versions, after.versions]).toEqual([["2", "3"], ["3"]]);
  });

  it("of a time without a model is empty", async () => {
    expect(await record({ start: NOON - YEAR, end: FIRST })).toMatchObject({ versions: [], rows: { p: [] } });
  });
});

describe("GET /api/models/{name}/record", () => {
  const get = (query: string, name = NAME) => app.call("GET", `/api/models/${name}/record${query}`);

  it("says what the versions were worth, and that nothing is shown", async () => {
    const { status, body } = await get(`?from=${toIso(FIRST)}&to=${toIso(NOON)}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: NAME,
      instrument: "USD_SGD",
      from: toIso(FIRST),
      to: toIso(NOON),
      versions: ["2", "3"],
      by_rule: { trades: 0, rule: { long_above: 0.6, short_below: 0.4 } },
      skill: "none",
      verdict: expect.stringMatching(/^No skill shown/),
    });
    expect(body.every_direction.trades).toBe(body.rows);
    expect(body.every_direction.cost_bp).toBeCloseTo((0.0002 / 1.35) * 10_000, 0);
    expect(body.every_direction.break_even_accuracy).toBeGreaterThan(0.5);
  });

  it("is of the year before now unless a time is given, and knows nothing of what is to come", async () => {
    const { body } = await get("");
    expect([body.from, body.to]).toEqual([toIso(NOON - YEAR), toIso(NOON)]);
    expect((await get(`?to=${toIso(NOON + YEAR)}`)).body.to).toBe(toIso(NOON));
    expect((await get(`?to=${toIso(FIRST)}`)).body).toMatchObject({ rows: 0, versions: [], every_direction: { trades: 0, net_bp: null } });
  });

  it.each([
    ["?from=2025-06-26T00:00:00Z", 422, "does not lie before now"],
    [`?from=${toIso(NOON)}&to=${toIso(FIRST)}`, 422, "does not lie before to"],
    [`?from=${toIso(NOON - 3 * YEAR)}`, 422, "at most 731 days"],
    ["?from=yesterday", 422, "not a time"],
    ["?since=2025-06-01T00:00:00Z", 422, "since"],
  ])("%s is %i: %s", async (query, status, reason) => {
    const answer = await get(query);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(reason)]);
  });

  it("of a name that no instrument has is not found", async () => {
    expect(await get("", "fx-abcdef-predictor")).toMatchObject({ status: 404, body: { code: "unknown_model" } });
  });

  it("names a model that was changed since it was registered, rather than answer by it", async () => {
    const changed = createTestApp({
      ...done.ports,
      lake: { ...done.ports.lake, get: async (key) => (key.endsWith("model.json") ? new Uint8Array([1]) : done.ports.lake.get(key)) },
    });
    const { status, body } = await changed.call("GET", `/api/models/${NAME}/record`);
    expect([status, body.code]).toEqual([503, "model_corrupt"]);
  });
});

describe("run_backtest", () => {
  it("leaves its results as metrics of the run beside those of the training, and in the version's tags", async () => {
    const version = (await done.ports.tracking.version(NAME, "3"))!;
    expect(version.tags).toMatchObject({
      backtest: expect.stringMatching(/^above 0\.6 or below 0\.4: no trade in \d+ bars outside the rollover$/),
      backtest_every_direction: expect.stringMatching(/trades in .* gross .* cost .* net .* break-even at .* as one of 3 trials$/),
    });
    const metrics = Object.fromEntries(
      ((await done.ports.tracking.run(version.run_id))?.metrics ?? []).map(({ key, value }) => [key, value]),
    );
    expect(metrics["backtest_trades"]).toBe(0);
    expect(metrics["every_direction_trades"]).toBeGreaterThan(100);
    expect(metrics["every_direction_net_bp_low"]).toBeLessThan(metrics["every_direction_net_bp_high"]!);
    expect(metrics["outside_rollover_accuracy_low"]).toBeGreaterThan(0);
  });
});

describe("a version whose answers are calibrated", () => {
  it("is on record with what it served", async () => {
    const one = await trained();
    await validate(one, "1", NOON - 2 * DAY);
    one.ports.clock.set(NOON + DAY);
    const window = { start: NOON - DAY, end: NOON };
    const before = await productionRecord(one.ports, USD_SGD, window);
    const { source } = (await one.ports.tracking.version(NAME, "1"))!;
    const keys = sourceKeys(source);
    const [card, model] = [(await one.ports.lake.get(keys.card))!, (await one.ports.lake.get(keys.json))!];
    const calibration = { kind: "platt", slope: 1, intercept: 0.2, rows: 1_199 } as const;
    const { card: opened } = openModelCard(card, model, source);
    one.ports.lake.replace(keys.card, new TextEncoder().encode(sealModelCard({ ...opened, calibration }, model)));
    const after = await productionRecord(one.ports, USD_SGD, window);
    expect(before.rows.p).not.toHaveLength(0);
    const odds = (p: ArrayLike<number>) => Array.from(p, (one) => Math.log(one / (1 - one)));
    for (const [row, raw] of odds(before.rows.p).entries()) expect(odds(after.rows.p)[row]).toBeCloseTo(raw + 0.2, 5);
  });
});
