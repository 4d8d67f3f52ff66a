import { beforeEach, describe, expect, it, vi } from "vitest";
import { createPredictor } from "../../../functions/serving/predictor.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { modelNameOf } from "../../../shared/models/trainingProfile.ts";
import {
  addModel,
  addNewsRows,
  addRows,
  alternatingRows,
  CLAIM,
  GOLD,
  goldRow,
  materialize,
  materializeNews,
  newsRow,
  predictorPorts,
} from "../../support/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/testPorts.ts";
import { probabilityOf } from "../../support/tinyModel.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;
const UP = probabilityOf(0.4);
const DOWN = probabilityOf(-0.4);

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
});

/** A model in Production since ten days and hourly rows up to `last`, in libSQL and online. */
async function ready(last: Instant = NOON, rows = 60): Promise<void> {
  const all = alternatingRows(last, rows);
  await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: last - 10 * DAY });
  await addRows(ports, all);
  await materialize(ports, all.at(-1)!);
}

const down = (): never => {
  throw new AppError("store_unavailable", "down", { status: 503, retryable: true });
};

function quietly() {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  return () => warn.mockRestore();
}

describe("live", () => {
  it("answers from the newest row with the model in Production", async () => {
    await ready();
    const { record, claim, ...rest } = await createPredictor(predictorPorts(ports))("USD_SGD", null);
    expect(claim).toMatchObject(CLAIM);
    const target = { target_end: NOON + HOUR, target_ended: false };
    expect(rest).toEqual({
      at: NOW,
      features_used: 1,
      ...target,
      market_open: true,
      view_states: { news_features: "unused" },
      knowledge: null,
    });
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

  it("reads nothing again within a second", async () => {
    await ready();
    const read = vi.spyOn(ports.online, "read");
    const predict = createPredictor(predictorPorts(ports));
    for (let i = 0; i < 5; i++) await predict("USD_SGD", null);
    expect(read).toHaveBeenCalledTimes(1);
    ports.clock.advance(SECOND);
    await predict("USD_SGD", null);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("a promotion reaches it within five seconds", async () => {
    await ready();
    const predict = createPredictor(predictorPorts(ports));
    await predict("USD_SGD", null);
    await addModel(ports, { run_id: "b", strength: 1, promoted_at: NOW });
    ports.clock.advance(5 * SECOND);
    expect((await predict("USD_SGD", null)).record).toMatchObject({ model_version: "2", prediction: probabilityOf(1) });
  });

  it("a new row reaches it within a second", async () => {
    await ready();
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

describe("with a store down", () => {
  it("goes on from the online store without libSQL", async () => {
    await ready();
    const predict = createPredictor(
      predictorPorts(ports, { features: { ...ports.features, latest: down }, tracking: { ...ports.tracking, productionAt: down } }),
    );
    expect((await predict("USD_SGD", null)).record.prediction).toBe(UP);
  });

  it("goes on from libSQL without the online store", async () => {
    const restore = quietly();
    await ready();
    const predict = createPredictor(predictorPorts(ports, { online: { ...ports.online, read: down, readProduction: down } }));
    expect((await predict("USD_SGD", null)).record.prediction).toBe(UP);
    restore();
  });

  it("goes on from the isolate when everything goes down after the first answer, until the features are stale", async () => {
    const restore = quietly();
    await ready();
    let is_down = false;
    const guard =
      <Arguments extends unknown[], Result>(method: (...given: Arguments) => Result) =>
      (...given: Arguments) =>
        is_down ? down() : method(...given);
    const predict = createPredictor(
      predictorPorts(ports, {
        online: { ...ports.online, read: guard(ports.online.read), readProduction: guard(ports.online.readProduction) },
        features: { ...ports.features, latest: guard(ports.features.latest) },
        tracking: { ...ports.tracking, productionAt: guard(ports.tracking.productionAt) },
        lake: { ...ports.lake, get: guard(ports.lake.get) },
      }),
    );
    await predict("USD_SGD", null);
    is_down = true;
    ports.clock.set(NOON + HOUR + 10 * MINUTE);
    expect((await predict("USD_SGD", null)).record.prediction).toBe(UP);
    ports.clock.advance(1);
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({ code: "features_stale" });
    restore();
  });

  it("with nothing to go on from, says what is down", async () => {
    const restore = quietly();
    const predict = createPredictor(
      predictorPorts(ports, { online: { ...ports.online, readProduction: down }, tracking: { ...ports.tracking, productionAt: down } }),
    );
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({ code: "store_unavailable", status: 503 });
    restore();
  });
});

describe("what cannot be answered", () => {
  it("without a model in Production", async () => {
    await addModel(ports, { run_id: "a", strength: 0.4 });
    await addRows(ports, alternatingRows(NOON, 5));
    const predict = createPredictor(predictorPorts(ports));
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({
      code: "no_production_model",
      status: 503,
      details: { instrument: "USD_SGD" },
    });
  });

  it("without features", async () => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    const failure = createPredictor(predictorPorts(ports))("USD_SGD", null);
    await expect(failure).rejects.toMatchObject({
      code: "features_missing",
      status: 503,
      message: expect.stringContaining("market_feature_pipeline"),
    });
  });

  const stored = (last_bar_end: Instant) => ({ readLast: async () => [{ start: last_bar_end - HOUR } as Bar] });

  it.each([
    [
      "its bar is not there",
      "sandbox",
      null,
      NOON,
      "data_collection",
      /no later bar is stored.*fx -- trigger data_collection && npm run fx/,
    ],
    [
      "its bar is there",
      "oanda",
      null,
      NOON + HOUR,
      "market_feature_pipeline",
      /stored until 2025-06-25T13:00:00Z\)\. npm run fx -- trigger mark/,
    ],
    ["candles are imported", "import", null, NOON, "data_collection", /ask with "timestamp", or npm run fx -- import candles FILE/],
    ["imported bars lack features", "import", null, NOON + HOUR, "market_feature_pipeline", /backfill --from DATE --to DATE builds their/],
    [
      "it was so then",
      "oanda",
      NOON + 5 * HOUR,
      NOON,
      "data_collection",
      /Of that time, no later bar is stored: npm run fx -- backfill --from/,
    ],
  ] as const)(
    "with stale ones, %s: age, which pipeline is late, and what to do",
    async (_name, market_origin, as_of, last, pipeline, advice) => {
      await ready();
      ports.clock.set(NOON + 5 * HOUR);
      const predict = createPredictor(predictorPorts(ports, { bars: stored(last), config: { market_origin } }));
      await expect(predict("USD_SGD", as_of)).rejects.toMatchObject({
        code: "features_stale",
        status: 503,
        retryable: true,
        message: expect.stringMatching(advice),
        details: {
          event_time: toIso(NOON),
          target_end: toIso(NOON + HOUR),
          age_ms: 5 * HOUR,
          overdue_ms: 4 * HOUR,
          allowed_ms: 10 * MINUTE,
          pipeline,
        },
      });
    },
  );

  it("with stale ones and a store that is away, it still says that they are stale", async () => {
    const restore = quietly();
    await ready();
    ports.clock.set(NOON + 2 * HOUR);
    const predict = createPredictor(predictorPorts(ports, { bars: { readLast: down } }));
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({
      code: "features_stale",
      message: expect.stringContaining("60 market minutes"),
    });
    restore();
  });

  it.each([
    ["of another schema", { views: [{ view: GOLD.name, schema_hash: "other" }] }, "schema_mismatch"],
    ["that reads a feature that there is not", { feature_names: ["ret_1", "moon_phase"] }, "invalid_model"],
    ["whose card is garbage", { horizon_bars: "one" as never }, "invalid_model"],
  ])("a model %s is refused, not served wrongly", async (_name, card, code) => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY, card });
    await addRows(ports, alternatingRows(NOON, 5));
    await expect(createPredictor(predictorPorts(ports))("USD_SGD", null)).rejects.toMatchObject({ code });
  });

  it("a model that could not be read is read again by the next request", async () => {
    await ready();
    const get = vi.spyOn(ports.lake, "get").mockRejectedValueOnce(new AppError("store_unavailable", "down", { status: 503 }));
    const predict = createPredictor(predictorPorts(ports));
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({ code: "store_unavailable" });
    expect((await predict("USD_SGD", null)).record.prediction).toBe(UP);
    await predict("USD_SGD", null);
    expect(get).toHaveBeenCalledTimes(4); // card and trees, twice, and then never again
  });
});

describe("the bar that an answer is about", () => {
  it.each([
    ["is coming", 59 * MINUTE, false],
    ["ends now", HOUR, true],
    ["ended ten minutes ago", HOUR + 10 * MINUTE, true],
  ])("%s", async (_name, later_ms, target_ended) => {
    await ready();
    ports.clock.set(NOON + later_ms);
    const expected = { target_end: NOON + HOUR, target_ended };
    expect(await createPredictor(predictorPorts(ports))("USD_SGD", null)).toMatchObject(expected);
    expect(await createPredictor(predictorPorts(ports))("USD_SGD", NOON + later_ms)).toMatchObject(expected);
  });

  it("is the last of the horizon that the model was trained for", async () => {
    await ready();
    await addModel(ports, { run_id: "b", strength: 0.4, promoted_at: NOW, card: { horizon_bars: 3 } });
    ports.clock.set(NOON + 3 * HOUR + 10 * MINUTE);
    expect(await createPredictor(predictorPorts(ports))("USD_SGD", null)).toMatchObject({
      target_end: NOON + 3 * HOUR,
      target_ended: true,
    });
  });
});

describe("a row that libSQL has, and the online store does not show yet", () => {
  const NEXT = NOON + HOUR;

  async function behind() {
    await ready();
    await addModel(ports, { run_id: "n", strength: 0.4, promoted_at: NOON - DAY, reads_news: true });
    await addRows(ports, [goldRow(NEXT, 0.001)]);
    const latest = vi.fn(ports.features.latest);
    const clock = { now: () => ports.clock.now() };
    return { latest, predict: createPredictor(predictorPorts(ports, { clock, features: { ...ports.features, latest } })) };
  }

  it("is served from its close on, and is asked for once a second at most, both rows of it", async () => {
    const { predict, latest } = await behind();
    ports.clock.set(NEXT - 1);
    expect((await predict("USD_SGD", null)).record.event_time).toBe(NOON);
    expect(latest).not.toHaveBeenCalled();
    ports.clock.set(NEXT + SECOND);
    for (let i = 0; i < 3; i++) expect(await predict("USD_SGD", null)).toMatchObject({ target_ended: false, record: { event_time: NEXT } });
    expect(latest).toHaveBeenCalledTimes(2);
  });

  it("stands while the online store shows the one before it", async () => {
    const { predict, latest } = await behind();
    ports.clock.set(NEXT + SECOND);
    await predict("USD_SGD", null);
    latest.mockImplementation(down);
    ports.clock.advance(30 * SECOND);
    expect((await predict("USD_SGD", null)).record.event_time).toBe(NEXT);
    await materialize(ports, goldRow(NEXT + HOUR, -0.001));
    ports.clock.set(NEXT + HOUR + SECOND);
    expect((await predict("USD_SGD", null)).record.event_time).toBe(NEXT + HOUR);
  });

  it.each([
    ["is away", down],
    ["hangs", () => new Promise<never>(() => {})],
  ])("is done without where libSQL %s", async (_name, latest) => {
    const restore = quietly();
    const { latest: spy, predict } = await behind();
    spy.mockImplementation(latest);
    ports.clock.set(NEXT + SECOND);
    expect(await predict("USD_SGD", null)).toMatchObject({ target_ended: true, record: { event_time: NOON } });
    restore();
  });
});

describe("after the clock went back", () => {
  const back = (to: Instant) => ({ now: () => to });

  it.each([
    ["the row of the next day that is online is absent: libSQL knows the one of now", false],
    ["and so is one that this isolate has read before", true],
  ])("%s", async (_name, is_warm) => {
    await ready();
    const tomorrow = goldRow(NOON + DAY, 0.001);
    await addRows(ports, [tomorrow]);
    await materialize(ports, tomorrow);
    let now: Instant = NOON + DAY + MINUTE;
    const predict = createPredictor(predictorPorts(ports, { clock: { now: () => now } }));
    if (is_warm) expect((await predict("USD_SGD", null)).record.event_time).toBe(NOON + DAY);
    now = NOW;
    expect((await predict("USD_SGD", null)).record).toMatchObject({ event_time: NOON, prediction: UP });
  });

  it("with libSQL away, there is no answer rather than one from the future", async () => {
    const restore = quietly();
    await ready();
    await materialize(ports, goldRow(NOON + DAY, 0.001));
    let now: Instant = NOON + DAY + MINUTE;
    const predict = createPredictor(predictorPorts(ports, { clock: { now: () => now }, features: { ...ports.features, latest: down } }));
    expect((await predict("USD_SGD", null)).record.event_time).toBe(NOON + DAY);
    now = NOW;
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({ code: "features_missing" });
    restore();
  });

  it("a model that was promoted after now is not in Production", async () => {
    await ready();
    await addModel(ports, { run_id: "b", strength: 1, promoted_at: NOW + HOUR });
    const { record } = await createPredictor(predictorPorts(ports, { clock: back(NOW) }))("USD_SGD", null);
    expect(record).toMatchObject({ model_version: "1", prediction: UP });
  });

  it("an online news row of the future gives way to the one known now", async () => {
    await addModel(ports, { run_id: "n", strength: 0.4, promoted_at: NOON - DAY, reads_news: true });
    await addRows(ports, alternatingRows(NOON, 5));
    await materialize(ports, alternatingRows(NOON, 1)[0]!);
    await addNewsRows(ports, [newsRow(NOON, 0.5)]);
    await materializeNews(ports, newsRow(NOON + DAY, -0.5));
    expect(await createPredictor(predictorPorts(ports))("USD_SGD", null)).toMatchObject({ view_states: { news_features: "fresh" } });
  });
});

describe("as of a moment", () => {
  it("uses the row and the model of then", async () => {
    await ready();
    await addModel(ports, { run_id: "b", strength: 1, promoted_at: NOON - 2 * HOUR });
    const predict = createPredictor(predictorPorts(ports));
    const at = (as_of: Instant) =>
      predict("USD_SGD", as_of).then(({ record }) => [record.event_time, record.model_version, record.prediction]);
    expect(await at(NOON - 3 * HOUR + 1)).toEqual([NOON - 3 * HOUR, "1", DOWN]);
    expect(await at(NOON - 2 * HOUR - 1)).toEqual([NOON - 3 * HOUR, "1", DOWN]);
    expect(await at(NOON - 2 * HOUR)).toEqual([NOON - 2 * HOUR, "2", probabilityOf(1)]);
  });

  it("marks the record, and counts age from then", async () => {
    await ready();
    const as_of = NOON - 10 * HOUR;
    const { record, at } = await createPredictor(predictorPorts(ports))("USD_SGD", as_of);
    expect([record.as_of, at, record.requested_at]).toEqual([as_of, as_of, NOW]);
  });

  it.each([
    ["a row available at the moment is used", 0, NOON],
    ["one that was available a millisecond later is not", 1, NOON - HOUR],
  ])("%s", async (_name, late_ms, event_time) => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    await addRows(ports, [...alternatingRows(NOON - HOUR, 5), goldRow(NOON, -0.001, NOON + late_ms)]);
    const { record } = await createPredictor(predictorPorts(ports))("USD_SGD", NOON);
    expect(record.event_time).toBe(event_time);
  });

  it.each([
    ["a model promoted at the moment is used", 0],
    ["one promoted a millisecond later is not", 1],
  ])("%s", async (_name, late_ms) => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON + late_ms });
    await addRows(ports, alternatingRows(NOON, 5));
    const answer = createPredictor(predictorPorts(ports))("USD_SGD", NOON);
    if (late_ms === 0) expect((await answer).record.model_version).toBe("1");
    else await expect(answer).rejects.toMatchObject({ code: "no_production_model", message: expect.stringContaining(toIso(NOON)) });
  });

  it("never looks at the online store, which knows only the present", async () => {
    await ready();
    const predict = createPredictor(predictorPorts(ports, { online: { ...ports.online, read: down, readProduction: down } }));
    expect((await predict("USD_SGD", NOON)).record.prediction).toBe(UP);
  });
});
