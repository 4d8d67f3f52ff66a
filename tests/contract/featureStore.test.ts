import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { HOUR } from "../../shared/domain/instant.ts";
import { createRandom } from "../../shared/domain/random.ts";
import type { FeatureRow, FeatureStore, RegisteredView } from "../../shared/ports/featureStore.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";

const T0 = Date.UTC(2025, 0, 6);
const VIEW = { view: "market_technical", schema_hash: "h1" };

let sqld: SqldProcess;
let store: FeatureStore;
let now = 1;

beforeAll(async () => {
  sqld = await startSqld();
});
afterAll(() => sqld.stop());
beforeEach(async () => {
  for (const table of ["feature_rows", "feature_views", "feature_progress"]) await sqld.database.$client.execute(`DELETE FROM ${table}`);
  // A store remembers which views it has registered.
  store = createFeatureStore(sqld.database, { now: () => now });
});

/** A row of the event that ends `hour` hours after T0, known `delay` hours later. */
function row(hour: number, values: readonly number[], delay = 0): FeatureRow {
  const known = T0 + (hour + delay) * HOUR;
  return { event_time: T0 + hour * HOUR, created_time: known, available_at: known, values: Float64Array.from(values) };
}

const all = { start: 0, end: T0 + 100_000 * HOUR };
const late = T0 + 200_000 * HOUR;

describe("feature store: rows", () => {
  it("keeps values to the bit, NaN, infinities and signed zeros with them", async () => {
    const values = [Math.PI, Number.NaN, -0, 5e-324, Number.MAX_VALUE, Number.NEGATIVE_INFINITY];
    await store.write("USD_SGD", VIEW, [row(1, values)]);
    const [read] = await store.read("USD_SGD", VIEW, all, late);
    expect(read).toEqual(row(1, values));
    expect(Object.is(read?.values[2], -0)).toBe(true);
    expect(await store.latest("USD_SGD", VIEW, late)).toEqual(row(1, values));
  });

  it("keeps every byte of a row, noughts among them, alone and among others", async () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 300 }, (_, hour) => {
      const bytes = Uint8Array.from({ length: 24 }, (_byte, place) =>
        hour < 256 && place === hour % 24 ? hour : Math.floor(256 * random()),
      );
      return { ...row(hour, []), values: new Float64Array(bytes.buffer) };
    });
    rows.push({ ...row(300, []), values: new Float64Array(3) });
    await store.write("USD_SGD", VIEW, rows);
    const bytesOf = (values: Float64Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("hex");
    const written = rows.map(({ values }) => bytesOf(values));
    expect((await store.read("USD_SGD", VIEW, all, late)).map(({ values }) => bytesOf(values))).toEqual(written);
    const { pages } = await store.history("USD_SGD", VIEW, all, late);
    expect(pages.map(({ values }) => bytesOf(values)).join("")).toBe(written.join(""));
  });

  it("gives the newest row of each of several views, as it is known at a moment", async () => {
    const other = { view: "market_volatility", schema_hash: "h1" };
    await store.write("USD_SGD", VIEW, [row(1, [1]), row(2, [2])]);
    await store.write("USD_SGD", other, [row(1, [10])]);
    const latest = async (hour: number) => (await store.latestOf("USD_SGD", [other, VIEW], T0 + hour * HOUR)).map((one) => one?.values[0]);
    expect([await latest(0), await latest(1), await latest(9)]).toEqual([
      [undefined, undefined],
      [10, 1],
      [10, 2],
    ]);
    expect(await store.latestOf("USD_SGD", [VIEW], late)).toEqual([row(2, [2])]);
    const each = await store.latestOfEach(
      "USD_SGD",
      [other, VIEW],
      [9, 0, 1].map((hour) => T0 + hour * HOUR),
    );
    expect(each.map((rows) => rows.map((one) => one?.values[0]))).toEqual([
      [10, 2],
      [undefined, undefined],
      [10, 1],
    ]);
  });

  it("says when the row of so many rows before was, of those that were known and recorded by then", async () => {
    now = 10;
    await store.write("USD_SGD", VIEW, [row(1, [1]), row(1, [1.5], 2), row(5, [2]), row(9, [3], 30)]);
    await store.write("EUR_USD", VIEW, [row(4, [9])]);
    now = 20_000;
    await store.write("USD_SGD", VIEW, [row(7, [4])]);
    const hourBefore = async (rows: number, until: number, as_of = 99, recorded_until?: number) => {
      const known = { until: T0 + until * HOUR, as_of: T0 + as_of * HOUR };
      const found = await store.eventTimeBefore("USD_SGD", VIEW, rows, known, recorded_until);
      return found === null ? null : (found - T0) / HOUR;
    };
    expect([await hourBefore(0, 99), await hourBefore(1, 99), await hourBefore(3, 99), await hourBefore(4, 99)]).toEqual([9, 7, 1, null]);
    expect([await hourBefore(0, 4), await hourBefore(0, 0), await hourBefore(1, 7, 7)]).toEqual([1, null, 5]);
    expect(await hourBefore(0, 99, 20)).toBe(7);
    expect(await hourBefore(1, 99, 99, 15_000)).toBe(5);
  });

  it("gives the newest row of each of several views whose event lies between two moments, both inclusive, known by then", async () => {
    const other = { view: "market_volatility", schema_hash: "h1" };
    await store.write("USD_SGD", VIEW, [row(1, [1]), row(2, [2]), { ...row(2, [22]), created_time: T0 + 5 * HOUR }]);
    await store.write("USD_SGD", other, [row(3, [30])]);
    const within = async (from: number, to: number, known: number) =>
      (await store.newestWithin(["USD_SGD"], [other, VIEW], { from: T0 + from * HOUR, to: T0 + to * HOUR }, T0 + known * HOUR))[0]!.map(
        (one) => one?.values[0],
      );
    expect(await within(1, 1, 9)).toEqual([undefined, 1]);
    expect(await within(1, 2, 9)).toEqual([undefined, 22]);
    expect(await within(1, 2, 4)).toEqual([undefined, 2]);
    expect(await within(3, 3, 9)).toEqual([30, undefined]);
    expect(await within(0, 3, 2)).toEqual([undefined, 2]);
    await store.write("EUR_USD", VIEW, [row(1, [7])]);
    const both = await store.newestWithin(["EUR_USD", "USD_SGD"], [VIEW], { from: 0, to: late }, late);
    expect(both.map((rows) => rows.map((one) => one?.values[0]))).toEqual([[7], [22]]);
    expect(await store.newestWithin(["USD_SGD"], [], { from: 0, to: late }, late)).toEqual([[]]);
  });

  it("writes a view over part of a larger buffer", async () => {
    const values = new Float64Array([9, 1, 2, 9]).subarray(1, 3);
    await store.write("USD_SGD", VIEW, [{ ...row(1, []), values }]);
    expect((await store.latest("USD_SGD", VIEW, late))?.values).toEqual(Float64Array.of(1, 2));
  });

  it("takes rows after the window's start up to its end, ascending, of one instrument and schema", async () => {
    await store.write("USD_SGD", VIEW, [row(3, [3]), row(1, [1]), row(2, [2])]);
    await store.write("EUR_USD", VIEW, [row(2, [20])]);
    await store.write("USD_SGD", { ...VIEW, schema_hash: "h2" }, [row(2, [200])]);
    const read = await store.read("USD_SGD", VIEW, { start: T0 + HOUR, end: T0 + 3 * HOUR }, late);
    expect(read.map((one) => one.values[0])).toEqual([2, 3]);
  });

  it("answers as of a moment: the newest version known then, and nothing that was not", async () => {
    await store.write("USD_SGD", VIEW, [row(1, [1]), row(1, [1.5], 5), row(2, [2]), row(3, [3], 2)]);
    const asOf = async (hour: number) => (await store.read("USD_SGD", VIEW, all, T0 + hour * HOUR)).map((one) => one.values[0]);
    expect(await asOf(0)).toEqual([]);
    expect(await asOf(2)).toEqual([1, 2]);
    expect(await asOf(5)).toEqual([1, 2, 3]);
    expect(await asOf(6)).toEqual([1.5, 2, 3]);
    const latest = async (hour: number) => (await store.latest("USD_SGD", VIEW, T0 + hour * HOUR))?.values[0] ?? null;
    expect(await Promise.all([0, 1, 3, 4, 5].map(latest))).toEqual([null, 1, 2, 2, 3]);
  });

  it("hides a row that was made in time but not yet available", async () => {
    await store.write("USD_SGD", VIEW, [{ ...row(1, [1]), available_at: T0 + 9 * HOUR }]);
    expect(await store.read("USD_SGD", VIEW, all, T0 + 8 * HOUR)).toEqual([]);
    expect(await store.latest("USD_SGD", VIEW, T0 + 8 * HOUR)).toBeNull();
  });

  it("the same row keeps the time of its record, and another content is another version of it", async () => {
    const recorded = async () => (await sqld.database.$client.execute("SELECT recorded_at FROM feature_rows")).rows.map((one) => one[0]);
    now = late + 100;
    await store.write("USD_SGD", VIEW, [row(1, [1, Number.NaN])]);
    now = late + 200;
    await store.write("USD_SGD", VIEW, [row(1, [1, Number.NaN])]);
    expect(await recorded()).toEqual([late + 100]);
    now = late + 300;
    await store.write("USD_SGD", VIEW, [row(1, [2, Number.NaN])]);
    expect(await recorded()).toEqual([late + 100, late + 300]);
    expect((await store.latest("USD_SGD", VIEW, late))?.values[0]).toBe(2);
  });

  it("writes and reads more rows than a statement or a page takes", async () => {
    const rows = Array.from({ length: 11_111 }, (_, hour) => row(hour, [hour, -hour, Number.NaN]));
    await store.write("USD_SGD", VIEW, rows);
    expect(await store.read("USD_SGD", VIEW, all, late)).toEqual(rows);
  });

  it("a prepared write takes its rows' memory with it", async () => {
    const block = Float64Array.of(1, 2, 3, 4);
    const rows = [1, 2].map((hour) => ({ ...row(hour, []), values: block.subarray(2 * hour - 2, 2 * hour) }));
    const effect = store.prepareWrite("USD_SGD", VIEW, rows);
    await effect.commit();
    effect.release();
    expect([block.length, (await store.read("USD_SGD", VIEW, all, late)).map(({ values }) => values)]).toEqual([
      0,
      [Float64Array.of(1, 2), Float64Array.of(3, 4)],
    ]);
  });

  it("refuses rows of unequal width, and takes none", async () => {
    await store.write("USD_SGD", VIEW, []);
    await expect(store.write("USD_SGD", VIEW, [row(1, [1]), row(2, [1, 2])])).rejects.toMatchObject({ code: "schema_mismatch" });
    expect(await store.latest("USD_SGD", VIEW, late)).toBeNull();
  });
});

describe("feature store: registry and progress", () => {
  const view: RegisteredView = {
    ...VIEW,
    ttl_ms: 2 * HOUR,
    features: [{ name: "rsi_14", version: 1, unit: "percent", lookback_bars: 15, warm_up_bars: 15, description: "RSI" }],
  };

  it("registers a view once and never changes it", async () => {
    expect(await store.view(VIEW.view, VIEW.schema_hash)).toBeNull();
    await store.register(view);
    await store.register({ ...view, ttl_ms: 1 });
    expect(await store.view(VIEW.view, VIEW.schema_hash)).toEqual(view);
    expect(await store.view(VIEW.view, "h2")).toBeNull();
  });

  it("knows where a view began for an instrument, in whatever schema", async () => {
    expect(await store.firstRow("USD_SGD", VIEW.view)).toBeNull();
    await store.register(view);
    await store.register({ ...view, schema_hash: "h2" });
    const row = (event_time: number) => ({ event_time, created_time: event_time, available_at: event_time, values: Float64Array.of(1) });
    await store.write("USD_SGD", { view: VIEW.view, schema_hash: "h2" }, [row(T0 + HOUR), row(T0 + 2 * HOUR)]);
    await store.write("USD_SGD", VIEW, [row(T0 + 5 * HOUR)]);
    await store.write("EUR_USD", VIEW, [row(T0)]);
    expect(await store.firstRow("USD_SGD", VIEW.view)).toBe(T0 + HOUR);
    expect(await store.firstRow("USD_SGD", "another_view")).toBeNull();
  });

  it("advances the progress only from what is expected", async () => {
    const at = (built_until: number | null) => ({ built_until, revision: 0 });
    expect(await store.progress("USD_SGD", VIEW)).toEqual(at(null));
    expect(await store.advance("USD_SGD", VIEW, at(T0), T0 + HOUR)).toBe(false);
    expect(await store.advance("USD_SGD", VIEW, at(null), T0)).toBe(true);
    expect(await store.advance("USD_SGD", VIEW, at(null), T0 + HOUR)).toBe(false);
    expect(await store.advance("USD_SGD", VIEW, at(T0), T0 + HOUR)).toBe(true);
    expect(await store.advance("USD_SGD", VIEW, at(T0), T0 + 2 * HOUR)).toBe(false);
    expect(await store.progress("USD_SGD", VIEW)).toEqual(at(T0 + HOUR));
    expect(await store.progress("EUR_USD", VIEW)).toEqual(at(null));
    expect(await store.progressOf("USD_SGD", [{ ...VIEW, schema_hash: "h2" }, VIEW])).toEqual([at(null), at(T0 + HOUR)]);
    expect(await store.progressOf("USD_SGD", [])).toEqual([]);
  });
});
