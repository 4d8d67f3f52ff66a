import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createBarStore } from "../../functions/adapters/libsql/market/barStore.ts";
import type { Bar } from "../../shared/domain/bar.ts";
import { DAY, HOUR } from "../../shared/domain/instant.ts";
import type { BarStore } from "../../shared/ports/barStore.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { bar, bronze, EVERYTHING, emptyBarStore, result, T0, write } from "../support/market/barFixture.ts";
import { readBars } from "../support/market/readBars.ts";

const VIEW = { view: "market_technical", schema_hash: "h1" };

let sqld: SqldProcess;
let store: BarStore;

beforeAll(async () => {
  sqld = await startSqld();
  store = createBarStore(sqld.database);
});
afterAll(() => sqld.stop());
beforeEach(() => emptyBarStore(sqld.database));

async function rejects() {
  const { rows } = await sqld.database.$client.execute(
    "SELECT object_key, line, reason, detail, raw FROM rejects ORDER BY object_key, line",
  );
  return rows.map((row) => ({ ...row }));
}

describe("bar store: write", () => {
  it("inserts, and finds the same bars unchanged the second time", async () => {
    const bars = [bar(0), bar(1, { bid: bar(1).mid, ask: bar(1).mid, volume: 7 }), bar(2)];
    expect(await store.write(write(bars))).toEqual(result({ inserted: 3, first_changed: T0 }));
    expect(await store.write(write(bars))).toEqual(result({ unchanged: 3 }));
    expect(await readBars(sqld.database, "USD_SGD", "H1", EVERYTHING)).toEqual(bars);
    expect(await rejects()).toEqual([]);
  });

  it("keeps the first bar and rejects one that differs, with its line, however often it comes", async () => {
    await store.write(write([bar(0), bar(1)]));
    const changed = bar(1, { volume: 9 });
    const second = write([changed, bar(2)], { object_key: "o2", lines: [4, 6] });
    const detail = "time: 2025-01-06T01:00:00Z stands with other values, from o1; import with --replace puts this one in its place";
    const conflict = { conflicts: 1, first_conflicts: [{ line: 4, reason: "duplicate_differs" as const, detail }] };
    expect(await store.write(second)).toEqual(result({ inserted: 1, first_changed: T0 + 2 * HOUR, ...conflict }));
    expect(await store.write(second)).toEqual(result({ unchanged: 1, ...conflict }));
    expect(await readBars(sqld.database, "USD_SGD", "H1", EVERYTHING)).toEqual([bar(0), bar(1), bar(2)]);
    const [reject, ...others] = await rejects();
    expect(others).toEqual([]);
    expect(reject).toMatchObject({ object_key: "o2", line: 4, reason: "duplicate_differs" });
    expect(reject?.["detail"]).toBe(detail);
    expect(JSON.parse(String(reject?.["raw"]))).toMatchObject({
      instrument: "USD_SGD",
      start: changed.start,
      mid_o: changed.mid.o,
      volume: 9,
    });
  });

  it("finds two lines of one object that differ", async () => {
    const found = await store.write(write([bar(0), bar(0, { volume: 1 }), bar(0)]));
    const detail = "time: 2025-01-06T00:00:00Z stands with other values, from o1";
    const first_conflicts = [{ line: 2, reason: "duplicate_differs" as const, detail }];
    expect(found).toEqual(result({ inserted: 1, unchanged: 1, conflicts: 1, first_conflicts, first_changed: T0 }));
    expect(await rejects()).toMatchObject([{ line: 2, reason: "duplicate_differs" }]);
  });

  it("keeps rejects once, their raw text cut at 2,000 characters", async () => {
    const reject = {
      object_key: "o1",
      line: 3,
      instrument: "USD_SGD",
      reason: "off_grid",
      detail: "time: …",
      raw: "x".repeat(3000),
    } as const;
    await store.write(write([], { rejects: [reject] }));
    await store.write(write([], { rejects: [reject] }));
    const kept = await rejects();
    expect(kept).toMatchObject([{ line: 3, reason: "off_grid", detail: "time: …" }]);
    expect(String(kept[0]?.["raw"])).toHaveLength(2000);
  });

  it("keeps nothing of a write that fails", async () => {
    await store.addBronze(bronze("o1"));
    const bad = bar(1, { mid: { ...bar(1).mid, c: Number.NaN } });
    await expect(store.write(write([bar(0), bad]))).rejects.toThrow();
    expect(await readBars(sqld.database, "USD_SGD", "H1", EVERYTHING)).toEqual([]);
    expect(await store.pendingBronze("USD_SGD")).toHaveLength(1);
  });

  it("stores more bars than one statement takes, and gives every price back to the last bit", async () => {
    const bars = Array.from({ length: 12_345 }, (_, hour) => bar(hour));
    expect(await store.write(write(bars))).toMatchObject({ inserted: 12_345, first_changed: T0 });
    expect(await readBars(sqld.database, "USD_SGD", "H1", EVERYTHING)).toEqual(bars.map((one) => ({ ...one })));
    expect(await store.readLast("USD_SGD", "H1", T0 + 12_000 * HOUR, 11_000)).toEqual(bars.slice(1_000, 12_000));
  });

  it("gives back quoted prices and their averages exactly", async () => {
    const pipettes = fc.integer({ min: 1, max: 20_000_000 }).map((units) => units / 100_000);
    const price = fc.oneof(
      pipettes,
      fc.tuple(pipettes, pipettes).map(([bid, ask]) => (bid + ask) / 2),
    );
    const prices = fc.sample(price, { seed: 7, numRuns: 4_000 });
    const bars = prices.map((o, hour) => bar(hour, { mid: { o, h: o, l: o, c: o } }));
    await store.write(write(bars));
    expect((await readBars(sqld.database, "USD_SGD", "H1", EVERYTHING)).map((one) => one.mid.o)).toEqual(prices);
  });
});

describe("bar store: replacing", () => {
  const versions = async () =>
    (
      await sqld.database.$client.execute(
        "SELECT start, mid_c, volume, ingested_at, object_key, superseded_at, superseded_by FROM bar_versions ORDER BY superseded_at",
      )
    ).rows.map((row) => ({ ...row }));
  const replace = (bars: readonly Bar[], object_key: string, ingested_at: number) =>
    store.write(write(bars, { object_key, ingested_at, replaces: true }));

  it("puts what differs in its place, and keeps what stood there with its times", async () => {
    await store.write(write([bar(0), bar(1), bar(2)]));
    const right = bar(1, { volume: 5_321.3701 });
    expect(await replace([bar(0), right, bar(3)], "o2", T0 + 2 * DAY)).toEqual(
      result({ inserted: 1, unchanged: 1, replaced: 1, first_changed: T0 + HOUR }),
    );
    expect(await readBars(sqld.database, "USD_SGD", "H1", EVERYTHING)).toEqual([bar(0), right, bar(2), bar(3)]);
    const first = { start: T0 + HOUR, mid_c: bar(1).mid.c, volume: null, ingested_at: T0 + DAY, object_key: "o1" };
    const superseded = { ...first, superseded_at: T0 + 2 * DAY, superseded_by: "o2" };
    expect(await versions()).toEqual([superseded]);
    expect(await replace([bar(0), right, bar(3)], "o2", T0 + 3 * DAY)).toEqual(result({ unchanged: 3 }));
    expect(await replace([bar(1)], "o3", T0 + 4 * DAY)).toMatchObject({ replaced: 1 });
    const second = { ...first, volume: 5_321.3701, ingested_at: T0 + 2 * DAY, object_key: "o2" };
    expect(await versions()).toEqual([superseded, { ...second, superseded_at: T0 + 4 * DAY, superseded_by: "o3" }]);
  });

  it("takes the first of two lines of one object, and refuses the other", async () => {
    await store.write(write([bar(0)]));
    const [one, other] = [bar(0, { volume: 1 }), bar(0, { volume: 2 })];
    expect(await replace([one, other, one], "o2", T0 + 2 * DAY)).toMatchObject({ replaced: 1, unchanged: 1, conflicts: 1 });
    expect(await readBars(sqld.database, "USD_SGD", "H1", EVERYTHING)).toEqual([one]);
    expect(await versions()).toHaveLength(1);
  });

  it("forgets that the object was refused before", async () => {
    await store.write(write([bar(0)]));
    const changed = [bar(0, { volume: 9 })];
    await store.write(write(changed, { object_key: "o2" }));
    expect(await rejects()).toHaveLength(1);
    await replace(changed, "o2", T0 + 2 * DAY);
    expect(await rejects()).toEqual([]);
    expect(await store.rejects({ limit: 10, offset: 0 })).toEqual({ rejects: [], total_entries: 0, counts: [] });
  });
});

describe("bar store: late bars", () => {
  const features = () => createFeatureStore(sqld.database, { now: () => T0 });
  type ViewKey = Parameters<ReturnType<typeof features>["progress"]>[1];
  const builtUntil = async (instrument: string, view: ViewKey) => (await features().progress(instrument, view)).built_until;
  const build = async (instrument: string, view: ViewKey, until: number) =>
    features().advance(instrument, view, await features().progress(instrument, view), until);

  it("lower the progress of every instrument and view to the first of them", async () => {
    await build("USD_SGD", VIEW, T0 + 10 * HOUR);
    await build("EUR_USD", { view: "market_features", schema_hash: "g" }, T0 + 4 * HOUR);
    await build("GBP_USD", VIEW, T0 + 2 * HOUR);
    await store.write(write([bar(9), bar(3), bar(5)]));
    expect(await builtUntil("USD_SGD", VIEW)).toBe(T0 + 3 * HOUR);
    expect(await builtUntil("EUR_USD", { view: "market_features", schema_hash: "g" })).toBe(T0 + 3 * HOUR);
    expect(await builtUntil("GBP_USD", VIEW)).toBe(T0 + 2 * HOUR);
  });

  it("keep a build that ran meanwhile from moving the progress on, wherever they lie", async () => {
    const since = await features().progress("USD_SGD", VIEW);
    await store.write(write([bar(3, { instrument: "EUR_USD" })]));
    expect(await features().advance("USD_SGD", VIEW, since, T0 + 5 * HOUR)).toBe(false);
    expect(await build("USD_SGD", VIEW, T0 + 5 * HOUR)).toBe(true);
    const current = await features().progress("USD_SGD", VIEW);
    await store.write(write([bar(3, { instrument: "EUR_USD" })]));
    expect(await features().advance("USD_SGD", VIEW, current, T0 + 6 * HOUR)).toBe(true);
  });

  it("lower it when they take the place of others, and not when they say the same", async () => {
    await store.write(write([bar(3), bar(4)]));
    await build("USD_SGD", VIEW, T0 + 10 * HOUR);
    await store.write(write([bar(3), bar(4)], { object_key: "o2", replaces: true }));
    expect(await builtUntil("USD_SGD", VIEW)).toBe(T0 + 10 * HOUR);
    const since = await features().progress("USD_SGD", VIEW);
    await store.write(write([bar(3), bar(4, { volume: 4 })], { object_key: "o3", replaces: true }));
    expect(await builtUntil("USD_SGD", VIEW)).toBe(T0 + 4 * HOUR);
    expect(await features().advance("USD_SGD", VIEW, since, T0 + 11 * HOUR)).toBe(false);
  });

  it("leave it when nothing new came, or only bars behind it", async () => {
    await store.write(write([bar(3)]));
    await build("USD_SGD", VIEW, T0 + 5 * HOUR);
    await store.write(write([bar(3), bar(5), bar(6)]));
    await store.write(write([bar(3, { volume: 3 })]));
    expect(await builtUntil("USD_SGD", VIEW)).toBe(T0 + 5 * HOUR);
  });
});
