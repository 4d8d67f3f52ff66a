import { beforeAll, describe, expect, it } from "vitest";
import { candleCollectionSchema } from "../../../shared/contracts/candles.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { HOUR, MINUTE, toIso, WEEK } from "../../../shared/domain/instant.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { bar, T0 } from "../../support/market/barFixture.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../support/ports/testPorts.ts";

const HOURS = 400;
const NEWEST_END = T0 + HOURS * HOUR;
const quoted = (hour: number, change: Partial<Bar> = {}) => {
  const { mid } = bar(hour);
  const by = (distance: number) => ({ o: mid.o + distance, h: mid.h + distance, l: mid.l + distance, c: mid.c + distance });
  return bar(hour, { bid: by(-0.0001), ask: by(0.0001), volume: 7, ...change });
};

let ports: TestPorts;
let app: TestApp;
beforeAll(async () => {
  ports = await createTestPorts({ now: NEWEST_END + 5 * MINUTE });
  app = createTestApp(ports);
  await storeBars(
    ports,
    Array.from({ length: HOURS }, (_, hour) => quoted(hour)),
  );
});

const ask = (query: string) => app.call("GET", `/api/candles?${query}`);
const get = async (query: string) => candleCollectionSchema.parse((await ask(`instrument=USD_SGD${query}`)).body);
const at = (hour: number) => encodeURIComponent(toIso(T0 + hour * HOUR));

describe("GET /api/candles", () => {
  it("has the last week up to the newest bar, as it is stored", async () => {
    const { candles, ...told } = await get("");
    expect(told).toEqual({
      ...{ instrument: "USD_SGD", from: toIso(NEWEST_END - WEEK), to: toIso(NEWEST_END) },
      ...{ stored_granularity: "H1", bars: 168, granularity: "H1", step_ms: HOUR },
    });
    const { mid, bid, ask } = quoted(HOURS - 1);
    expect(candles.at(-1)).toEqual({
      ...{ start: toIso(NEWEST_END - HOUR), end: toIso(NEWEST_END), bars: 1, volume: 7, session: "london_new_york" },
      ...{ open: mid.o, high: mid.h, low: mid.l, close: mid.c, bid_close: bid!.c, ask_close: ask!.c },
      spread_bp: expect.closeTo((0.0002 / mid.c) * 1e4, 9),
    });
  });

  it("has the bars that start in the span, and none for hours without one", async () => {
    const { candles } = await get(`&from=${at(10)}&to=${at(12)}`);
    expect(candles.map(({ start }) => start)).toEqual([toIso(T0 + 10 * HOUR), toIso(T0 + 11 * HOUR)]);
    expect(await get(`&from=${at(-20)}&to=${at(-10)}`)).toMatchObject({ bars: 0, candles: [] });
  });

  it("merges what is more than was asked for", async () => {
    const { candles, ...told } = await get(`&from=${at(0)}&max_points=60`);
    expect(told).toMatchObject({ bars: HOURS, granularity: "H8", step_ms: 8 * HOUR });
    expect(candles.length).toBeLessThanOrEqual(60);
    // From 17:00 in New York, two hours before the first bar.
    expect(candles[0]).toMatchObject({ start: toIso(T0 - 2 * HOUR), end: toIso(T0 + 6 * HOUR), bars: 6, volume: 42, session: null });
    expect(candles[0]).toMatchObject({ open: bar(0).mid.o, high: bar(5).mid.h, low: bar(0).mid.l, close: bar(5).mid.c });
    expect(candles.reduce((sum, { bars }) => sum + bars, 0)).toBe(HOURS);
  });

  it("shows the newest version of a bar", async () => {
    const replaced = quoted(3, { mid: { o: 1.4, h: 1.5, l: 1.35, c: 1.45 } });
    await ports.bars.write({ object_key: "o2", bars: [replaced], lines: [1], rejects: [], replaces: true, ingested_at: ports.clock.now() });
    const { candles } = await get(`&from=${at(3)}&to=${at(4)}`);
    expect(candles).toMatchObject([{ open: 1.4, high: 1.5, low: 1.35, close: 1.45 }]);
  });

  it("shows nothing that a clock which has gone back does not know yet", async () => {
    const early = await createTestPorts({ now: T0 + 20 * HOUR + MINUTE, database: ports.database });
    const told = await createTestApp(early).call("GET", `/api/candles?instrument=USD_SGD&from=${at(15)}`);
    expect(told.body).toMatchObject({ to: toIso(T0 + 20 * HOUR), bars: 5 });
    const beyond = await createTestApp(early).call("GET", `/api/candles?instrument=USD_SGD&from=${at(15)}&to=${at(40)}`);
    expect(beyond.body).toMatchObject({ to: toIso(T0 + 40 * HOUR), bars: 5 });
  });

  it("is empty for a pair that has no bar yet", async () => {
    expect((await ask("instrument=EUR_USD")).body).toMatchObject({ bars: 0, granularity: "H1", candles: [] });
  });

  it("refuses a pair that is not there, a span that is none or too long, and a count that is none", async () => {
    expect((await ask("instrument=XAU_USD")).body).toMatchObject({ status: 404, code: "unknown_instrument" });
    const field = async (query: string) => {
      const { status, body } = await ask(`instrument=USD_SGD${query}`);
      return [status, body.detail];
    };
    expect(await field(`&from=${at(5)}&to=${at(5)}`)).toEqual([422, "from: it must lie before to"]);
    expect(await field("&from=2010-01-01T00:00:00Z")).toEqual([422, "from: at most 3660 days may lie between from and to"]);
    expect((await field("&max_points=0"))[0]).toBe(422);
    expect((await field("&max_points=10001"))[0]).toBe(422);
    expect((await field("&step=4"))[0]).toBe(422);
    expect((await ask("")).status).toBe(422);
  });

  it("is not sent again to who has it", async () => {
    const { headers } = await ask("instrument=USD_SGD");
    const again = await app.call("GET", "/api/candles?instrument=USD_SGD", undefined, { "if-none-match": headers.get("etag")! });
    expect([again.status, again.body]).toEqual([304, ""]);
  });
});
