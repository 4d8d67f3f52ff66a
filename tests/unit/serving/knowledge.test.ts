import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildMarketGold } from "../../../functions/pipelines/market_features/buildMarketGold.ts";
import { materializeMarket } from "../../../functions/pipelines/market_features/materializeMarket.ts";
import { createPredictor } from "../../../functions/serving/predictor.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../shared/domain/instant.ts";
import { toAppError } from "../../../shared/errors.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { GATE } from "../../support/api/actors.ts";
import { runSlices } from "../../support/engine/stepContext.ts";
import { walkUntil } from "../../support/market/candleLines.ts";
import { addModel, predictorPorts } from "../../support/models/servingFixture.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../support/ports/testPorts.ts";

/** One store over a Wednesday's hours: bars come (or do not yet), rows are built and materialized, and answers are asked for again later. */
const START = Date.UTC(2025, 5, 25, 6);
const HOURS = 14;
const BARS = walkUntil("USD_SGD", START + HOURS * HOUR, 40 + HOURS, 3);
const MODEL = modelNameOf("USD_SGD");

async function openStore(now = START) {
  const ports = await createTestPorts({ now });
  const predict = createPredictor(predictorPorts(ports));
  const barOf = (hour: number) => BARS.find((bar) => bar.start === START + (hour - 1) * HOUR)!;
  const build = async (window: { start: Instant; end: Instant }) => {
    await runSlices(buildMarketGold, ports, { window });
    await runSlices(materializeMarket, ports, { window });
  };
  /** The run of the hour that has just ended, with the bar of it or without. */
  const hour = async (number: number, with_bar = true) => {
    ports.clock.set(START + number * HOUR + MINUTE);
    if (with_bar) await storeBars(ports, [barOf(number)]);
    await build({ start: START + (number - 1) * HOUR, end: START + number * HOUR });
  };
  const ask = async (as_of: Instant, recorded_until: Instant | null = null) => {
    try {
      const { record, knowledge } = await predict("USD_SGD", as_of, recorded_until);
      const { prediction, model_version, event_time, features } = record;
      return { basis: knowledge?.basis, recorded_until: knowledge!.recorded_until, prediction, model_version, event_time, features };
    } catch (error) {
      return { code: toAppError(error).code };
    }
  };
  await storeBars(ports, BARS.slice(0, 40));
  await build({ start: BARS[0]!.start, end: START });
  return { ports, predict, barOf, build, hour, ask };
}

const promote = (ports: TestPorts, run_id: string, promoted_at: Instant, strength: number) =>
  addModel(ports, { run_id, strength, promoted_at });

/** What an import with --replace does to one bar: another close, all of it. */
async function correct(ports: TestPorts, bar: Bar, close: number): Promise<void> {
  const mid = { ...bar.mid, h: Math.max(bar.mid.h, close), c: close };
  await ports.bars.write({
    object_key: `correction-${close}`,
    bars: [{ ...bar, mid }],
    lines: [1],
    rejects: [],
    ingested_at: ports.clock.now(),
    replaces: true,
  });
}

describe("an answer about a moment since the store is live", () => {
  it("is not changed by a bar that came late, and a replay shows what it came to", async () => {
    const { ports, hour, ask, barOf } = await openStore();
    await promote(ports, "a", START, 0.4);
    await hour(1);
    await hour(2, false);
    await hour(3);
    const at = START + 3 * HOUR + 5 * MINUTE;
    ports.clock.set(at);
    const given = await ask(at);
    expect(given).toMatchObject({ basis: "recorded", event_time: START + 3 * HOUR });
    ports.clock.set(START + 3 * HOUR + 20 * MINUTE);
    await storeBars(ports, [barOf(2)]);
    await hour(4);
    expect(await ask(at)).toEqual(given);
    const replayed = await ask(at, ports.clock.now());
    expect(replayed).toMatchObject({ basis: "replayed", event_time: START + 3 * HOUR, model_version: "1" });
    expect(replayed.features).not.toEqual(given.features);
  });

  it("is not changed by a candle that is corrected, though the rows behind it are built again", async () => {
    const { ports, hour, ask, barOf } = await openStore();
    await promote(ports, "a", START, 0.4);
    for (const number of [1, 2, 3]) await hour(number);
    const at = START + 3 * HOUR + 2 * MINUTE;
    const given = await ask(at - 1);
    ports.clock.set(at);
    await correct(ports, barOf(3), barOf(3).mid.c + 0.01);
    await hour(4);
    expect(await ask(at - 1)).toEqual(given);
    const replayed = await ask(at - 1, ports.clock.now());
    expect(replayed).toMatchObject({ basis: "replayed", event_time: START + 3 * HOUR });
    expect(replayed.features).not.toEqual(given.features);
  });

  it("is not changed by a second backfill over older data, while what serves now is what the registry has", async () => {
    const { ports, predict, hour, ask, build } = await openStore();
    await promote(ports, "a", START - 3 * DAY, 0.4);
    await hour(1);
    const [before_live, live] = [START - 2 * HOUR, START + HOUR + 2 * MINUTE];
    ports.clock.set(live);
    const given = [await ask(before_live), await ask(live)];
    expect(given).toMatchObject([
      { basis: "replayed", model_version: "1" },
      { basis: "recorded", model_version: "1" },
    ]);
    await build({ start: BARS[0]!.start, end: START });
    await addModel(ports, { run_id: "b", strength: 1, promoted_at: START - DAY, online: false });
    await promote(ports, "c", START + HOUR, 0.7);
    const again = await ask(before_live);
    expect(again).toMatchObject({ basis: "replayed", model_version: "2" });
    expect(await ask(before_live, given[0]!.recorded_until!)).toEqual(given[0]);
    expect(await ask(live)).toEqual(given[1]);
    expect((await predict("USD_SGD", null)).record.model_version).toBe("3");
  });

  it("is none where the store was live and had recorded nothing new, until a replay is asked for", async () => {
    const { ports, hour, ask, barOf } = await openStore();
    await promote(ports, "a", START, 0.4);
    await hour(1);
    for (const number of [2, 3, 4]) await hour(number, false);
    const at = START + 4 * HOUR + MINUTE;
    expect(await ask(at)).toEqual({ code: "features_stale" });
    await storeBars(ports, [2, 3, 4].map(barOf));
    await hour(5);
    expect(await ask(at)).toEqual({ code: "features_stale" });
    expect(await ask(at, ports.clock.now())).toMatchObject({ basis: "replayed", event_time: START + 4 * HOUR });
  });

  it("of a store whose candles are only imported, and long after their time, is a replay", async () => {
    const { ports, ask } = await openStore(START + 30 * DAY);
    await promote(ports, "a", START - DAY, 0.4);
    expect(await ask(START)).toMatchObject({ basis: "replayed" });
    expect((await ports.knowledge.facts("USD_SGD", MODEL)).live_since).toBeNull();
  });
});

it("whatever comes afterwards, no answer given before changes", async () => {
  const numbers = { hour: fc.integer({ min: 1, max: HOURS }), amount: fc.integer({ min: 1, max: 9 }) };
  const events = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant({ kind: "bar" as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: "no bar" as const }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("late bar" as const), hour: numbers.hour }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("correction" as const), ...numbers }) },
      { weight: 1, arbitrary: fc.constant({ kind: "rerun" as const }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("backfill" as const), amount: numbers.amount }) },
      { weight: 1, arbitrary: fc.constant({ kind: "promotion" as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: "roll back" as const }) },
    ),
    { minLength: 4, maxLength: 10 },
  );
  await fc.assert(
    fc.asyncProperty(events, async (sequence) => {
      const { ports, hour, ask, build, barOf } = await openStore();
      await promote(ports, "first", START - DAY, 0.4);
      let hours = 0;
      const given: { as_of: Instant; recorded_until: Instant; was_live: boolean; answer: unknown }[] = [];
      const wholePast = () => build({ start: BARS[0]!.start, end: START + hours * HOUR });
      const does = {
        bar: () => hour(++hours),
        "no bar": () => hour(++hours, false),
        "late bar": async (number: number) => {
          if (number <= hours) await storeBars(ports, [barOf(number)]);
          await wholePast();
        },
        correction: async (number: number, amount: number) => {
          const bar = barOf(Math.min(number, Math.max(hours, 1)));
          await correct(ports, bar, bar.mid.c + amount / 1_000);
          await wholePast();
        },
        rerun: wholePast,
        backfill: async (_number: number, amount: number) => {
          await wholePast();
          await addModel(ports, {
            run_id: `old-${given.length}`,
            strength: amount / 10,
            promoted_at: START - amount * HOUR,
            online: false,
          });
        },
        promotion: () => promote(ports, `new-${given.length}`, ports.clock.now(), 0.5 + given.length / 1_000),
        "roll back": async () => {
          await ports.tracking.transition(MODEL, "1", "Production", ports.clock.now(), "rolled back", GATE);
        },
      };
      for (const event of sequence) {
        ports.clock.advance(7_000);
        if (!(event.kind.endsWith("bar") && hours === HOURS && event.kind !== "late bar"))
          await does[event.kind]("hour" in event ? event.hour : 0, "amount" in event ? event.amount : 0);
        const { live_since, sealed_until } = await ports.knowledge.facts("USD_SGD", MODEL);
        for (const as_of of [START - 3 * HOUR, START + (hours - 2) * HOUR, START + hours * HOUR, ports.clock.now()]) {
          const was_live = live_since !== null && as_of >= live_since;
          const answer = await ask(as_of);
          given.push({ as_of, recorded_until: was_live ? as_of : sealed_until!, was_live, answer });
        }
      }
      for (const { as_of, recorded_until, was_live, answer } of given) {
        expect(await ask(as_of, recorded_until)).toEqual(answer);
        if (was_live) expect(await ask(as_of)).toEqual(answer);
      }
    }),
    { seed: 8, numRuns: 12 },
  );
});
