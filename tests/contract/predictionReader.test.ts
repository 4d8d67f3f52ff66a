import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createBarStore } from "../../functions/adapters/libsql/market/barStore.ts";
import { createPredictionLog } from "../../functions/adapters/libsql/serving/predictionLog.ts";
import { createPredictionReader } from "../../functions/adapters/libsql/serving/predictionReader.ts";
import { HOUR } from "../../shared/domain/instant.ts";
import type { PredictionReader } from "../../shared/ports/predictionReader.ts";
import { CONTRACT_DATABASES } from "../support/databases/contractDatabases.ts";
import { walkUntil } from "../support/market/candleLines.ts";
import { predictionRecord } from "../support/models/predictionRecord.ts";

const NOON = Date.UTC(2025, 5, 25, 12);

describe.each(CONTRACT_DATABASES)("the reader of the prediction log on %s", (_name, open) => {
  let database: Database;
  let stop: () => Promise<void>;
  let reader: PredictionReader;

  beforeAll(async () => {
    ({ database, stop } = await open());
    reader = createPredictionReader(database);
    // Three of each of four moments, and one of another pair.
    const records = Array.from({ length: 12 }, (_, index) =>
      predictionRecord(`p${String(index).padStart(2, "0")}`, { requested_at: NOON + Math.floor(index / 3), features: [0.5, null] }),
    );
    await createPredictionLog(database).append([...records, predictionRecord("other", { instrument: "EUR_USD", requested_at: NOON })]);
  });
  afterAll(() => stop());

  const list = async (change: Partial<Parameters<PredictionReader["list"]>[0]> = {}) =>
    (await reader.list({ instrument: "USD_SGD", from: null, to: null, after: null, limit: 100, ...change })).map(
      (one) => one.prediction_id,
    );
  const ALL = Array.from({ length: 12 }, (_, index) => `p${String(11 - index).padStart(2, "0")}`);

  it("lists one pair's, the newest first, those of one moment by their id", async () => {
    expect(await list()).toEqual(ALL);
    expect(await list({ instrument: "EUR_USD" })).toEqual(["other"]);
    expect(await list({ from: NOON + 1, to: NOON + 3 })).toEqual(ALL.slice(3, 9));
  });

  it.each([1, 2, 5, 12])("gives every one once in pages of %d, also when more are answered meanwhile", async (limit) => {
    const seen: string[] = [];
    for (let after = null as { requested_at: number; prediction_id: string } | null; ; ) {
      const page = await reader.list({ instrument: "USD_SGD", from: null, to: null, after, limit });
      seen.push(...page.map((one) => one.prediction_id));
      if (page.length < limit) break;
      after = page.at(-1)!;
    }
    expect(seen).toEqual(ALL);
  });

  it("tells the pipeline's own from what users asked for", async () => {
    await createPredictionLog(database)
      .prepareForecast(predictionRecord("own", { instrument: "GBP_USD", requested_at: NOON, features: [null] }))
      .commit();
    await createPredictionLog(database).append([
      predictionRecord("asked", { instrument: "GBP_USD", requested_at: NOON + 1, features: [null] }),
    ]);
    const of = (source: "user" | "pipeline" | null) => list({ instrument: "GBP_USD", source });
    expect([await of("pipeline"), await of("user"), await of(null)]).toEqual([["own"], ["asked"], ["asked", "own"]]);
    expect((await reader.find("own"))?.source).toBe("pipeline");
  });

  it("finds one with what it was made of, and null where there is none", async () => {
    expect(await reader.find("p04")).toEqual({
      ...predictionRecord("p04", { requested_at: NOON + 1, features: [0.5, null] }),
      source: "user",
    });
    expect(await reader.find("p99")).toBeNull();
  });

  it("tells of each version of a row that could be known, the one recorded last first", async () => {
    const features = createFeatureStore(database, { now: () => NOON });
    const view = { view: "v", schema_hash: "h" };
    const row = (value: number, later = 0) => ({
      event_time: NOON,
      created_time: NOON + later,
      available_at: NOON + later,
      values: Float64Array.of(value, Number.NaN),
    });
    await features.write("USD_SGD", view, [row(1)]);
    await features.write("USD_SGD", view, [row(2, 5)]);
    const versions = await reader.rowVersions("USD_SGD", view, NOON, NOON + 5);
    expect(versions.map(({ values }) => [...values])).toEqual([
      [2, Number.NaN],
      [1, Number.NaN],
    ]);
    expect(versions[0]!.recorded_at).toBeGreaterThanOrEqual(versions[1]!.recorded_at);
    expect(await reader.rowVersions("USD_SGD", view, NOON, NOON + 4)).toHaveLength(1);
    expect(await reader.rowVersions("USD_SGD", view, NOON + 1, NOON + 5)).toEqual([]);
  });

  it("tells which objects bars came from, by what stood there then, and their closes by what stands there now", async () => {
    const bars = createBarStore(database);
    const all = walkUntil("USD_SGD", NOON, 6, 1);
    const lines = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
    const write = (object_key: string, some: typeof all, ingested_at: number, replaces = false) =>
      bars.write({ object_key, bars: some, lines: lines(some.length), rejects: [], ingested_at, replaces });
    await write("a", all.slice(0, 4), NOON);
    await write("b", all.slice(4), NOON + 1);
    const changed = { ...all[5]!, mid: { ...all[5]!.mid, c: all[5]!.mid.h } };
    await write("c", [changed], NOON + 10, true);
    const span = { until: NOON, bars: 3 };
    const keys = async (recorded_until: number, instrument = "USD_SGD") =>
      (await reader.bronzeSources(instrument, { ...span, recorded_until })).map((one) => [one.key, one.bars, one.first_start]);
    expect(await keys(NOON + 5)).toEqual([
      ["a", 1, all[3]!.start],
      ["b", 2, all[4]!.start],
    ]);
    expect(await keys(NOON + 10)).toEqual([
      ["a", 1, all[3]!.start],
      ["b", 1, all[4]!.start],
      ["c", 1, all[5]!.start],
    ]);
    expect(await keys(NOON, "EUR_USD")).toEqual([]);
    const closes = await reader.closes("USD_SGD", [all[4]!.start, all[5]!.start, NOON + HOUR]);
    expect([...closes.values()]).toEqual([
      { start: all[4]!.start, mid_c: all[4]!.mid.c, ingested_at: NOON + 1 },
      { start: all[5]!.start, mid_c: changed.mid.c, ingested_at: NOON + 10 },
    ]);
  });
});
