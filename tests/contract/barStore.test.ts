import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBarStore } from "../../functions/adapters/libsql/market/barStore.ts";
import type { Bar } from "../../shared/domain/bar.ts";
import { HOUR } from "../../shared/domain/instant.ts";
import type { BarSpan, BarStore } from "../../shared/ports/barStore.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { bar, bronze, EVERYTHING, emptyBarStore, T0, write } from "../support/market/barFixture.ts";
import { readBars } from "../support/market/readBars.ts";

let sqld: SqldProcess;
let store: BarStore;

beforeAll(async () => {
  sqld = await startSqld();
  store = createBarStore(sqld.database);
});
afterAll(() => sqld.stop());
beforeEach(() => emptyBarStore(sqld.database));

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
  const span = (change: Partial<BarSpan> = {}): BarSpan => ({ instrument: "USD_SGD", granularity: "H1", window: EVERYTHING, ...change });
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
    const read = await readBars(sqld.database, "USD_SGD", "H1", EVERYTHING);
    expect(await store.readColumns([span()], NAMES)).toEqual([columnsOf(read)]);
  });

  it("are the same for any number", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-9, max: 1e9 }), { minLength: 50, maxLength: 50 }),
        async (prices) => {
          await sqld.database.$client.execute("DELETE FROM bars");
          await store.write(write(prices.map((price, i) => bar(i, { mid: flat(price), volume: Math.round(price * 1e5) / 1e5 }))));
          const read = await readBars(sqld.database, "USD_SGD", "H1", EVERYTHING);
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

describe("bar store: reading", () => {
  it("takes the window's start and leaves its end, one instrument and granularity", async () => {
    await store.write(write([bar(0), bar(1), bar(2), bar(1, { instrument: "EUR_USD" }), bar(1, { granularity: "M1" })]));
    expect(await readBars(sqld.database, "USD_SGD", "H1", { start: T0 + HOUR, end: T0 + 2 * HOUR })).toEqual([bar(1)]);
    expect(await store.readLast("USD_SGD", "H1", T0 + 2 * HOUR, 5)).toEqual([bar(0), bar(1)]);
    expect(await store.readLast("USD_SGD", "H1", T0 + 3 * HOUR, 2)).toEqual([bar(1), bar(2)]);
    const around = (start: number, end: number, count: number) =>
      store.surroundings({ instrument: "USD_SGD", granularity: "H1", window: { start, end }, count });
    expect((await around(T0, T0 + HOUR, 5)).behind).toEqual([bar(1), bar(2)]);
    expect((await around(T0, T0, 2)).behind).toEqual([bar(0), bar(1)]);
    expect((await around(T0 + 2 * HOUR, T0 + 3 * HOUR, 1)).before).toEqual([bar(1)]);
    expect(await store.lastStart("USD_SGD", "H1")).toBe(T0 + 2 * HOUR);
    expect(await store.lastStart("USD_JPY", "H1")).toBeNull();
    expect(await store.lastStarts("USD_SGD", "H1", [T0 + 9 * HOUR, T0, T0 + 2 * HOUR, T0 + 1])).toEqual([
      T0 + 2 * HOUR,
      null,
      T0 + HOUR,
      T0,
    ]);
    expect(await store.lastStarts("USD_JPY", "H1", [T0])).toEqual([null]);
    expect(await store.coverage()).toEqual([
      { instrument: "EUR_USD", granularity: "H1", first_start: T0 + HOUR, last_start: T0 + HOUR, bars: 1 },
      { instrument: "USD_SGD", granularity: "H1", first_start: T0, last_start: T0 + 2 * HOUR, bars: 3 },
      { instrument: "USD_SGD", granularity: "M1", first_start: T0 + HOUR, last_start: T0 + HOUR, bars: 1 },
    ]);
  });
});
