import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createBarStore } from "../../functions/adapters/libsql/market/barStore.ts";
import type { Bar } from "../../shared/domain/bar.ts";
import { DAY, HOUR } from "../../shared/domain/instant.ts";
import type { BarSpan, BarStore, BarWrite, BarWriteResult, BronzeObject } from "../../shared/ports/barStore.ts";
import { type SqldProcess, startSqld } from "../support/sqldProcess.ts";

const T0 = Date.UTC(2025, 0, 6);
const VIEW = { view: "market_technical", schema_hash: "h1" };

let sqld: SqldProcess;
let store: BarStore;

beforeAll(async () => {
  sqld = await startSqld();
  store = createBarStore(sqld.database);
});
afterAll(() => sqld.stop());
beforeEach(async () => {
  for (const table of ["bars", "bar_versions", "rejects", "reject_counts", "bronze_objects", "store_facts", "feature_progress"]) {
    await sqld.database.$client.execute(`DELETE FROM ${table}`);
  }
});

function bar(hour: number, change: Partial<Bar> = {}): Bar {
  const price = 1.3 + hour / 10_000;
  const mid = { o: price, h: price + 0.001, l: price - 0.001, c: price + 0.0005 };
  return { instrument: "USD_SGD", granularity: "H1", start: T0 + hour * HOUR, mid, bid: null, ask: null, volume: null, ...change };
}

function write(bars: readonly Bar[], change: Partial<BarWrite> = {}): BarWrite {
  return { object_key: "o1", bars, lines: bars.map((_, i) => i + 1), rejects: [], ingested_at: T0 + DAY, ...change };
}

function result(change: Partial<BarWriteResult>): BarWriteResult {
  return { inserted: 0, unchanged: 0, replaced: 0, conflicts: 0, first_conflicts: [], first_changed: null, ...change };
}

function bronze(key: string, change: Partial<BronzeObject> = {}): BronzeObject {
  return {
    key,
    origin: "oanda",
    instrument: "USD_SGD",
    granularity: "H1",
    sha256: key,
    bytes: 10,
    lines: 1,
    window: { start: T0, end: T0 + HOUR },
    ingested_at: T0,
    ...change,
  };
}

async function rejects() {
  const { rows } = await sqld.database.$client.execute(
    "SELECT object_key, line, reason, detail, raw FROM rejects ORDER BY object_key, line",
  );
  return rows.map((row) => ({ ...row }));
}

const everything = { start: 0, end: T0 + 1000 * DAY };

describe("bar store: market", () => {
  it("is unclaimed at first, and then keeps its kind", async () => {
    expect(await store.market()).toBeNull();
    await store.claimMarket("import");
    await store.claimMarket("oanda");
    expect(await store.market()).toBe("real");
    await expect(store.claimMarket("sandbox")).rejects.toMatchObject({ code: "mixed_markets", status: 409, message: /--store NAME/ });
    expect(await store.market()).toBe("real");
  });

  it("refuses real prices in a simulated store", async () => {
    await store.claimMarket("sandbox");
    expect(await store.market()).toBe("simulated");
    await expect(store.claimMarket("import")).rejects.toMatchObject({ code: "mixed_markets" });
  });
});

describe("bar store: bronze", () => {
  it("lists what is not validated, oldest first, until a write names it", async () => {
    await store.addBronze(bronze("b", { ingested_at: T0 + 2 }));
    await store.addBronze(bronze("a", { ingested_at: T0 + 1 }));
    await store.addBronze(bronze("other", { instrument: "EUR_USD" }));
    await store.addBronze(bronze("a", { ingested_at: T0 + 9 }));
    expect(await store.pendingBronze("USD_SGD")).toEqual([bronze("a", { ingested_at: T0 + 1 }), bronze("b", { ingested_at: T0 + 2 })]);
    await store.write(write([], { object_key: "a" }));
    expect((await store.pendingBronze("USD_SGD")).map((object) => object.key)).toEqual(["b"]);
  });
});

describe("bar store: columns", () => {
  const NAMES = ["mid_o", "mid_c", "bid_c", "ask_h", "volume"] as const;
  const span = (change: Partial<BarSpan> = {}): BarSpan => ({ instrument: "USD_SGD", granularity: "H1", window: everything, ...change });
  /** What the columns must be, from the bars as they are read. */
  const columnsOf = (bars: readonly Bar[]) => ({
    start: Float64Array.from(bars, ({ start }) => start),
    mid_o: Float64Array.from(bars, ({ mid }) => mid.o),
    mid_c: Float64Array.from(bars, ({ mid }) => mid.c),
    bid_c: Float64Array.from(bars, ({ bid }) => bid?.c ?? Number.NaN),
    ask_h: Float64Array.from(bars, ({ ask }) => ask?.h ?? Number.NaN),
    volume: Float64Array.from(bars, ({ volume }) => volume ?? Number.NaN),
  });
  const flat = (price: number) => ({ o: price, h: price, l: price, c: price });

  it("have the numbers of the bars, whatever these are", async () => {
    const prices = [
      1.3,
      1 / 3,
      0.1 + 0.2,
      2 ** -40,
      123456.789012345,
      1e15 + 1,
      1e300,
      5e-324,
      0.0000005,
      -1.5,
      1.00000049999999,
      2 ** 53 + 2,
    ];
    const bars = prices.map((price, i) =>
      bar(i, { mid: flat(price), bid: i % 3 === 0 ? null : flat(price / 3), ask: flat(price * 1.1), volume: i % 2 === 0 ? null : i / 7 }),
    );
    await store.write(write(bars));
    const read = await store.read("USD_SGD", "H1", everything);
    expect(await store.readColumns([span()], NAMES)).toEqual([columnsOf(read)]);
  });

  it("are the same for any number", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-9, max: 1e9 }), { minLength: 50, maxLength: 50 }),
        async (prices) => {
          await sqld.database.$client.execute("DELETE FROM bars");
          await store.write(write(prices.map((price, i) => bar(i, { mid: flat(price), volume: Math.round(price * 1e5) / 1e5 }))));
          const read = await store.read("USD_SGD", "H1", everything);
          expect(await store.readColumns([span()], NAMES)).toEqual([columnsOf(read)]);
        },
      ),
      { numRuns: 20, seed: 4 },
    );
  });

  it("are those of each span, with the bars before it that were asked for", async () => {
    const bars = [0, 1, 2, 5, 6, 7].map((hour) => bar(hour));
    await store.write(write([...bars, bar(6, { instrument: "EUR_USD" })]));
    const window = { start: T0 + 3 * HOUR, end: T0 + 7 * HOUR };
    const spans = [
      span({ window }),
      span({ window, bars_before: 2 }),
      span({ window, bars_before: 99 }),
      span({ window, instrument: "EUR_USD" }),
      span({ window, instrument: "GBP_USD" }),
    ];
    const read = await store.readColumns(spans, ["mid_c"]);
    expect(read.map(({ start }) => Array.from(start, (at) => (at - T0) / HOUR))).toEqual([[5, 6], [1, 2, 5, 6], [0, 1, 2, 5, 6], [6], []]);
    expect(read.map(({ mid_c }) => mid_c.length)).toEqual([2, 4, 5, 1, 0]);
  });

  it("go on over more bars than one answer holds", async () => {
    const bars = Array.from({ length: 20_003 }, (_, hour) => bar(hour));
    for (let at = 0; at < bars.length; at += 5_000) await store.write(write(bars.slice(at, at + 5_000)));
    const read = await store.readColumns([span({ window: { start: 0, end: T0 + 99_999 * HOUR } }), span()], ["mid_c"]);
    expect(read[0]!.start).toEqual(Float64Array.from(bars, ({ start }) => start));
    expect(read[0]!.mid_c).toEqual(Float64Array.from(bars, ({ mid }) => mid.c));
    expect(read[1]!.start).toHaveLength(20_003);
  });
});

describe("bar store: write", () => {
  it("inserts, and finds the same bars unchanged the second time", async () => {
    const bars = [bar(0), bar(1, { bid: bar(1).mid, ask: bar(1).mid, volume: 7 }), bar(2)];
    expect(await store.write(write(bars))).toEqual(result({ inserted: 3, first_changed: T0 }));
    expect(await store.write(write(bars))).toEqual(result({ unchanged: 3 }));
    expect(await store.read("USD_SGD", "H1", everything)).toEqual(bars);
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
    expect(await store.read("USD_SGD", "H1", everything)).toEqual([bar(0), bar(1), bar(2)]);
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
    expect(await store.read("USD_SGD", "H1", everything)).toEqual([]);
    expect(await store.pendingBronze("USD_SGD")).toHaveLength(1);
  });

  it("stores more bars than one statement takes, and gives every price back to the last bit", async () => {
    const bars = Array.from({ length: 12_345 }, (_, hour) => bar(hour));
    expect(await store.write(write(bars))).toMatchObject({ inserted: 12_345, first_changed: T0 });
    expect(await store.read("USD_SGD", "H1", everything)).toEqual(bars.map((one) => ({ ...one })));
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
    expect((await store.read("USD_SGD", "H1", everything)).map((one) => one.mid.o)).toEqual(prices);
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
    expect(await store.read("USD_SGD", "H1", everything)).toEqual([bar(0), right, bar(2), bar(3)]);
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
    expect(await store.read("USD_SGD", "H1", everything)).toEqual([one]);
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

describe("bar store: rejects", () => {
  const reject = (line: number, reason: "spike" | "off_grid", object_key = "o1") =>
    ({ object_key, line, instrument: "USD_SGD", reason, detail: "d", raw: "r" }) as const;

  beforeEach(() => Promise.all(["o1", "o2"].map((key) => store.addBronze(bronze(key)))));

  it("counts all of them, keeps those that it is given, and lists them by filter and page", async () => {
    await store.write(
      write([], { rejects: [reject(1, "spike"), reject(2, "spike"), reject(4, "off_grid")], reject_totals: { spike: 70, off_grid: 1 } }),
    );
    await store.write(
      write([], { object_key: "o2", rejects: [reject(1, "spike", "o2")], reject_totals: { spike: 1 }, ingested_at: T0 + 2 * DAY }),
    );
    const all = await store.rejects({ limit: 2, offset: 0 });
    expect(all.rejects.map(({ object_key, line }) => `${object_key} ${line}`)).toEqual(["o2 1", "o1 1"]);
    expect(all).toMatchObject({
      total_entries: 4,
      counts: [
        { reason: "off_grid", total: 1, kept: 1 },
        { reason: "spike", total: 71, kept: 3 },
      ],
    });
    expect((await store.rejects({ limit: 2, offset: 3 })).rejects).toMatchObject([{ object_key: "o1", line: 4 }]);
    expect(await store.rejects({ limit: 9, offset: 0, reason: "spike", object_key: "o1" })).toMatchObject({
      total_entries: 2,
      counts: [{ reason: "spike", total: 70, kept: 2 }],
    });
    expect(await store.rejects({ limit: 9, offset: 0, instrument: "EUR_USD" })).toEqual({ rejects: [], total_entries: 0, counts: [] });
    expect((await store.rejects({ limit: 9, offset: 0, instrument: "USD_SGD" })).counts).toHaveLength(2);
  });

  it("keeps as many conflicts as there is room for, and counts the others", async () => {
    await store.write(write([bar(0), bar(1), bar(2)]));
    const changed = [0, 1, 2].map((hour) => bar(hour, { volume: 9 }));
    expect(await store.write(write(changed, { object_key: "o2", max_conflicts: 1 }))).toMatchObject({ conflicts: 3, inserted: 0 });
    expect(await store.rejects({ limit: 9, offset: 0 })).toMatchObject({
      total_entries: 1,
      counts: [{ reason: "duplicate_differs", total: 3, kept: 1 }],
    });
  });

  it("knows what is kept of an import, one object aside", async () => {
    const wishes = { import_id: "i", replaces: false, accepts_spikes: false };
    for (const key of ["o1", "o2"]) await store.addBronze(bronze(key, { wishes }));
    await store.write(write([], { rejects: [reject(1, "spike")], reject_totals: { spike: 5 } }));
    await store.write(write([], { object_key: "o2", rejects: [reject(1, "spike", "o2")], reject_totals: { spike: 5 } }));
    const kept = async (import_id: string, except_object: string) => {
      const import_ = { import_id, except_object };
      return (await store.surroundings({ instrument: "USD_SGD", granularity: "H1", window: null, count: 3, import: import_ })).kept_rejects;
    };
    expect(await kept("i", "")).toEqual({ spike: 2 });
    expect(await kept("i", "o2")).toEqual({ spike: 1 });
    expect(await kept("j", "")).toEqual({});
  });

  it("remembers what an import asked for, and what it asks for the second time", async () => {
    const wishes = { import_id: "i", replaces: false, accepts_spikes: true };
    await store.addBronze(bronze("o1", { wishes }));
    expect((await store.pendingBronze("USD_SGD"))[0]).toEqual(bronze("o1", { wishes }));
    const again = { ...wishes, import_id: "j", replaces: true };
    await store.addBronze(bronze("o1", { wishes: again }));
    expect((await store.pendingBronze("USD_SGD"))[0]).toEqual(bronze("o1", { wishes: again }));
  });
});

describe("bar store: objects under way at once", () => {
  const wishes = { import_id: "i", replaces: false, accepts_spikes: false };
  const object = bronze("o1", { origin: "import", sha256: "a".repeat(64), wishes });
  const query = { instrument: "USD_SGD", granularity: "H1", window: { start: T0 + 3 * HOUR, end: T0 + 4 * HOUR }, count: 3 } as const;
  const following = { ...query, import: { import_id: "i", except_object: "o2", follows: object.sha256 } };

  it("are judged among the bars of those that they follow", async () => {
    let is_read = false;
    const reading = store.surroundings(following).then((around) => {
      is_read = true;
      return around;
    });
    await store.write(write([bar(9)], { object_key: "another", object: { ...object, key: "another", sha256: "b".repeat(64) } }));
    expect(is_read).toBe(false);
    await store.write(write([bar(0), bar(1)], { object }));
    expect(await reading).toEqual({ before: [bar(0), bar(1)], behind: [bar(9)], kept_rejects: {} });
  });

  it("are found by another isolate, which has no memory of them", async () => {
    await store.write(write([bar(0)], { object }));
    expect((await createBarStore(sqld.database).surroundings(following)).before).toEqual([bar(0)]);
    expect((await store.surroundings(following)).before).toEqual([bar(0)]);
  });

  it("stand in the manifest with their bars, and nowhere when these are refused", async () => {
    await expect(store.write(write([bar(0, { mid: { ...bar(0).mid, c: Number.NaN } })], { object }))).rejects.toThrow();
    expect((await sqld.database.$client.execute("SELECT count(*) FROM bronze_objects")).rows[0]?.[0]).toBe(0);
    await store.write(write([bar(0)], { object }));
    const { rows } = await sqld.database.$client.execute("SELECT key, import_id, validated_at FROM bronze_objects");
    expect(rows.map((row) => ({ ...row }))).toEqual([{ key: "o1", import_id: "i", validated_at: T0 + DAY }]);
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

describe("bar store: reading", () => {
  it("takes the window's start and leaves its end, one instrument and granularity", async () => {
    await store.write(write([bar(0), bar(1), bar(2), bar(1, { instrument: "EUR_USD" }), bar(1, { granularity: "M1" })]));
    expect(await store.read("USD_SGD", "H1", { start: T0 + HOUR, end: T0 + 2 * HOUR })).toEqual([bar(1)]);
    expect(await store.readLast("USD_SGD", "H1", T0 + 2 * HOUR, 5)).toEqual([bar(0), bar(1)]);
    expect(await store.readLast("USD_SGD", "H1", T0 + 3 * HOUR, 2)).toEqual([bar(1), bar(2)]);
    const around = (start: number, end: number, count: number) =>
      store.surroundings({ instrument: "USD_SGD", granularity: "H1", window: { start, end }, count });
    expect((await around(T0, T0 + HOUR, 5)).behind).toEqual([bar(1), bar(2)]);
    expect((await around(T0, T0, 2)).behind).toEqual([bar(0), bar(1)]);
    expect((await around(T0 + 2 * HOUR, T0 + 3 * HOUR, 1)).before).toEqual([bar(1)]);
    expect(await store.lastStart("USD_SGD", "H1")).toBe(T0 + 2 * HOUR);
    expect(await store.lastStart("USD_JPY", "H1")).toBeNull();
    expect(await store.coverage()).toEqual([
      { instrument: "EUR_USD", granularity: "H1", first_start: T0 + HOUR, last_start: T0 + HOUR, bars: 1 },
      { instrument: "USD_SGD", granularity: "H1", first_start: T0, last_start: T0 + 2 * HOUR, bars: 3 },
      { instrument: "USD_SGD", granularity: "M1", first_start: T0 + HOUR, last_start: T0 + HOUR, bars: 1 },
    ]);
  });
});
