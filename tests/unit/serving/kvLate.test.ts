import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createOnlineStore } from "../../../functions/adapters/kvOnlineStore.ts";
import { createPredictor } from "../../../functions/serving/predictor.ts";
import { createProductionPointers, POINTER_TTL_MS } from "../../../functions/serving/productionPointers.ts";
import { HOUR, MINUTE, SECOND, toIso } from "../../../shared/domain/instant.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { GATE } from "../../support/api/actors.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import {
  addModel,
  addNewsRows,
  addRows,
  alternatingRows,
  down,
  goldRow,
  INSTRUMENTS,
  materialize,
  materializeNews,
  newsRow,
  predictorPorts,
  quietly,
} from "../../support/models/servingFixture.ts";
import { createStaleKv } from "../../support/ports/staleKv.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

/** A Wednesday. */
const NOON = Date.UTC(2025, 5, 25, 12);
const KV_LATE_MS = 60 * SECOND;
const NAME = modelNameOf("USD_SGD");

/** A store whose KV tells of a minute ago, at half past twelve, with a model in Production and the row of noon. */
let ports: TestPorts;
let restore: () => void;
beforeEach(async () => {
  const made = await createTestPorts({ now: NOON, config: { instruments: INSTRUMENTS } });
  ports = { ...made, online: createOnlineStore(createStaleKv(made.clock, KV_LATE_MS)) };
  const rows = alternatingRows(NOON, 5);
  await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - HOUR });
  await addRows(ports, rows);
  await materialize(ports, rows.at(-1)!);
  ports.clock.set(NOON + 30 * MINUTE);
  restore = quietly();
});
afterEach(() => restore());

const promote = (run_id: string) => addModel(ports, { run_id, strength: 1, promoted_at: ports.clock.now() });

describe("with a KV that tells of a minute ago", () => {
  it("a promotion is served within five seconds", async () => {
    const predict = createPredictor(predictorPorts(ports));
    const served = async () => (await predict("USD_SGD", null)).record.model_version;
    expect(await served()).toBe("1");
    await promote("b");
    ports.clock.advance(POINTER_TTL_MS);
    expect((await ports.online.readProduction(NAME))?.version).toBe("1");
    expect(POINTER_TTL_MS).toBeLessThanOrEqual(5 * SECOND);
    expect(await served()).toBe("2");
  });

  it("an isolate that begins after a promotion serves it at once", async () => {
    await promote("b");
    expect((await createPredictor(predictorPorts(ports))("USD_SGD", null)).record.model_version).toBe("2");
  });

  it("a model that was taken out of Production is not served for longer either", async () => {
    const predict = createPredictor(predictorPorts(ports));
    await predict("USD_SGD", null);
    await ports.tracking.transition(NAME, "1", "Archived", ports.clock.now(), "withdrawn", GATE);
    ports.clock.advance(POINTER_TTL_MS);
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({ code: "no_production_model" });
  });

  it("libSQL is asked for what is in Production once in 2.5 s, of however many models, and not waited for", async () => {
    const inProduction = vi.fn(ports.tracking.inProduction);
    const pointers = createProductionPointers({ ...ports, tracking: { ...ports.tracking, inProduction } });
    const names = [NAME, modelNameOf("EUR_USD"), modelNameOf("USD_JPY")];
    for (const name of names) await pointers.get(name);
    inProduction.mockClear();
    let waited = 0;
    for (let asked = 0; asked < 600; asked++) {
      const work: Promise<unknown>[] = [];
      for (const name of names) if (pointers.get(name, (behind) => void work.push(behind)) instanceof Promise) waited += 1;
      await Promise.all(work);
      ports.clock.advance(SECOND / 10);
    }
    expect(inProduction.mock.calls.length).toBeLessThanOrEqual(60 / 2.5);
    expect(inProduction.mock.calls[0]![0]).toEqual(names);
    expect(waited).toBe(0);
  });

  it("a newer row is served as soon as it is in libSQL", async () => {
    const predict = createPredictor(predictorPorts(ports));
    ports.clock.set(NOON + HOUR + 5 * SECOND);
    await addRows(ports, [goldRow(NOON + HOUR, -0.001)]);
    await materialize(ports, goldRow(NOON + HOUR, -0.001));
    const { record, target_ended } = await predict("USD_SGD", null);
    expect([record.event_time, target_ended]).toEqual([NOON + HOUR, false]);
  });

  it("an older row says which it is, also when libSQL is away, and is refused when the market has left it behind", async () => {
    const predict = createPredictor(predictorPorts(ports, { features: { ...ports.features, latest: down } }));
    ports.clock.set(NOON + HOUR + 5 * SECOND);
    await materialize(ports, goldRow(NOON + HOUR, -0.001));
    const { record, target_ended } = await predict("USD_SGD", null);
    expect([record.event_time, target_ended]).toEqual([NOON, true]);
    ports.clock.set(NOON + HOUR + MINUTE + 5 * SECOND);
    expect((await predict("USD_SGD", null)).record.event_time).toBe(NOON + HOUR);
    ports.clock.set(NOON + 2 * HOUR + 10 * MINUTE + 1);
    await expect(predict("USD_SGD", null)).rejects.toMatchObject({ code: "features_stale" });
  });

  it("news that KV has not yet is stale or missing by the clock of the answer", async () => {
    await addModel(ports, { run_id: "n", strength: 0.4, promoted_at: ports.clock.now(), reads_news: true });
    const [old, present] = [newsRow(NOON - 6 * HOUR, 0.5), newsRow(NOON + 30 * MINUTE, 0.5)];
    await addNewsRows(ports, [old, present]);
    await materializeNews(ports, old);
    ports.clock.advance(KV_LATE_MS);
    await materializeNews(ports, present);
    const predict = createPredictor(predictorPorts(ports));
    const state = async () => (await predict("USD_SGD", null)).view_states["news_features"];
    expect(await state()).toBe("stale");
    ports.clock.advance(KV_LATE_MS);
    expect(await state()).toBe("fresh");
  });

  it("online features carry their own event time, age and status", async () => {
    await materialize(ports, goldRow(NOON + 30 * MINUTE, 0.25));
    const app = createTestApp(ports);
    const ask = async () => {
      const { body } = await app.call("POST", "/get-online-features", {
        entities: { instrument: ["USD_SGD"] },
        features: ["market_features:ret_1"],
      });
      const { values, statuses, event_timestamps, ages_seconds } = body.results[1];
      return [values[0], statuses[0], event_timestamps[0], ages_seconds[0]];
    };
    expect(await ask()).toEqual([-0.001, "PRESENT", toIso(NOON), 1_800]);
    ports.clock.advance(KV_LATE_MS);
    expect(await ask()).toEqual([0.25, "PRESENT", toIso(NOON + 30 * MINUTE), 60]);
    ports.clock.set(NOON + 2 * HOUR + 30 * MINUTE + 1);
    expect((await ask())[1]).toBe("OUTSIDE_MAX_AGE");
  });
});

describe("while libSQL is away", () => {
  it("an isolate that begins serves what KV says", async () => {
    const tracking = { ...ports.tracking, inProduction: down };
    expect((await createPredictor(predictorPorts(ports, { tracking }))("USD_SGD", null)).record.model_version).toBe("1");
  });

  it("one that knows more than KV goes on with that", async () => {
    let is_down = false;
    const inProduction: typeof ports.tracking.inProduction = (names) => (is_down ? down() : ports.tracking.inProduction(names));
    const predict = createPredictor(predictorPorts(ports, { tracking: { ...ports.tracking, inProduction } }));
    await promote("b");
    await predict("USD_SGD", null);
    is_down = true;
    ports.clock.advance(POINTER_TTL_MS);
    expect((await predict("USD_SGD", null)).record.model_version).toBe("2");
  });

  it("a question about a model that nobody knows takes no other's answer away", async () => {
    const pointers = createProductionPointers({ ...ports, tracking: { ...ports.tracking, inProduction: down } });
    await expect(pointers.get(modelNameOf("EUR_USD"))).rejects.toMatchObject({ code: "store_unavailable" });
    expect((await pointers.get(NAME))?.version).toBe("1");
    await expect(Promise.resolve().then(() => pointers.get(modelNameOf("EUR_USD")))).rejects.toMatchObject({ code: "store_unavailable" });
  });

  it("a database that is silent is waited for a second", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const inProduction = () => new Promise<never>(() => undefined);
      const pointers = createProductionPointers({ ...ports, tracking: { ...ports.tracking, inProduction } });
      const found = pointers.get(NAME);
      await vi.advanceTimersByTimeAsync(SECOND);
      expect((await found)?.version).toBe("1");
    } finally {
      vi.useRealTimers();
    }
  });
});
