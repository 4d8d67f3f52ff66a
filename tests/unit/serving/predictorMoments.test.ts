import { beforeEach, describe, expect, it, vi } from "vitest";
import { createPredictor } from "../../../functions/serving/predictor.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND, toIso } from "../../../shared/domain/instant.ts";
import {
  addModel,
  addNewsRows,
  addRows,
  alternatingRows,
  down,
  goldRow,
  materialize,
  materializeNews,
  newsRow,
  predictorPorts,
  quietly,
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

describe("a row that libSQL has, and the online store does not show yet", () => {
  const NEXT = NOON + HOUR;

  async function behind() {
    await ready(ports, NOON);
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
    await ready(ports, NOON);
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
    await ready(ports, NOON);
    await materialize(ports, goldRow(NOON + DAY, 0.001));
    let now: Instant = NOON + DAY + MINUTE;
    const predict = createPredictor(predictorPorts(ports, { clock: { now: () => now }, features: { ...ports.features, latest: down } }));
    expect((await predict("USD_SGD", null)).record.event_time).toBe(NOON + DAY);
    now = NOW;
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({ code: "features_missing" });
    restore();
  });

  it("a model that was promoted after now is not in Production", async () => {
    await ready(ports, NOON);
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
    await ready(ports, NOON);
    await addModel(ports, { run_id: "b", strength: 1, promoted_at: NOON - 2 * HOUR });
    const predict = createPredictor(predictorPorts(ports));
    const at = (as_of: Instant) =>
      predict("USD_SGD", as_of).then(({ record }) => [record.event_time, record.model_version, record.prediction]);
    expect(await at(NOON - 3 * HOUR + 1)).toEqual([NOON - 3 * HOUR, "1", DOWN]);
    expect(await at(NOON - 2 * HOUR - 1)).toEqual([NOON - 3 * HOUR, "1", DOWN]);
    expect(await at(NOON - 2 * HOUR)).toEqual([NOON - 2 * HOUR, "2", probabilityOf(1)]);
  });

  it("marks the record, and counts age from then", async () => {
    await ready(ports, NOON);
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
    await ready(ports, NOON);
    const predict = createPredictor(predictorPorts(ports, { online: { ...ports.online, read: down, readProduction: down } }));
    expect((await predict("USD_SGD", NOON)).record.prediction).toBe(UP);
  });
});
