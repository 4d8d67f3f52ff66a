import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Bar } from "../../../shared/domain/bar.ts";
import { HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { toCandle, toNdjson, walkUntil } from "../../support/market/candleLines.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW, trainer: createFakeTrainer(), sentiment: createFakeScorer("no model") });
  app = createTestApp(ports);
});

describe("POST /api/import/candles", () => {
  const BARS = walkUntil("GBP_USD", NOON, 50, 1);
  const send = (body: string, query = "instrument=GBP_USD&granularity=H1") => app.call("POST", `/api/import/candles?${query}`, body);

  it("takes exactly 5,000 lines", async () => {
    const { status, body } = await send("{}\n".repeat(5_000));
    expect([status, body.read, body.inserted]).toEqual([200, 5_000, 0]);
  });

  it("stores candles of an instrument that is not configured, which is known from then on", async () => {
    const answer = { read: 50, inserted: 0, unchanged: 0, replaced: 0, rejected: {}, first_rejects: [] };
    expect((await send(toNdjson(BARS))).body).toEqual({ ...answer, inserted: 50 });
    expect((await send(`${toNdjson(BARS)}\n\n`)).body).toEqual({ ...answer, unchanged: 50 });
    ports.clock.advance(5_000);
    expect((await app.call("GET", "/api/store")).body).toMatchObject({
      market: "real",
      clock: toIso(NOW + 5_000),
      instruments: ["USD_SGD", "EUR_USD", "GBP_USD"],
      configured_instruments: ["USD_SGD", "EUR_USD"],
      coverage: [{ instrument: "GBP_USD", granularity: "H1", bars: 50, last_start: toIso(NOON - HOUR) }],
    });
  });

  it.each([
    ["no line", "\n \n", undefined, 422, "body"],
    ["too many lines", "{}\n".repeat(5_001), undefined, 422, "body"],
    ["no instrument", "{}", "granularity=H1", 422, "instrument"],
    ["an odd instrument", "{}", "instrument=GOLD&granularity=H1", 422, "instrument"],
    ["a granularity that is not kept", "{}", "instrument=GBP_USD&granularity=D", 422, "granularity"],
    ["an unknown parameter", "{}", "instrument=GBP_USD&granularity=H1&overwrite=1", 422, "overwrite"],
  ])("%s", async (_name, body, query, status, field) => {
    const answer = await send(body, query);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([status, "invalid_request", field]);
    expect(ports.lake.keys()).toEqual([]);
  });

  const lines = (bars: readonly Bar[]) => bars.map((bar) => JSON.stringify(toCandle(bar)));
  const CHANGED = BARS.map((bar, i) => (i === 20 ? { ...bar, volume: 1.5 } : bar));
  const TENFOLD = BARS.map((bar, i): Bar => {
    return i === 30 ? { ...bar, mid: { ...bar.mid, h: 10 * bar.mid.h, c: 10 * bar.mid.c }, bid: null, ask: null } : bar;
  });

  it("replaces only when it is asked to, and says how", async () => {
    await send(toNdjson(BARS));
    const first = (await send(toNdjson(CHANGED))).body;
    expect(first).toMatchObject({ unchanged: 49, replaced: 0, rejected: { duplicate_differs: 1 }, first_rejects: [{ line: 21 }] });
    expect(first.first_rejects[0].detail).toMatch(/; import with --replace puts this one in its place$/);
    const again = (await send(toNdjson(CHANGED), "instrument=GBP_USD&granularity=H1&replace=true")).body;
    expect(again).toMatchObject({ unchanged: 49, replaced: 1, rejected: {}, first_rejects: [] });
  });

  it("takes a close ten times its neighbours for a mistake, also alone among stored bars, unless it is told to believe it", async () => {
    const query = "instrument=GBP_USD&granularity=H1";
    expect((await send(toNdjson(TENFOLD), query)).body).toMatchObject({
      inserted: 49,
      rejected: { spike: 1 },
      first_rejects: [{ line: 31 }],
    });
    expect((await send(lines(TENFOLD)[30]!, query)).body).toMatchObject({ inserted: 0, rejected: { spike: 1 } });
    expect((await send(lines(TENFOLD)[30]!, `${query}&accept_spikes=true`)).body).toMatchObject({ inserted: 1, rejected: {} });
  });

  it("stores no row of a daily file under an hourly label", async () => {
    // From a Monday to a Friday.
    const five = Array.from({ length: 5 }, (_, day) => ({ ...BARS[0]!, start: Date.UTC(2025, 5, 16 + day, 7) }));
    const { body } = await send(toNdjson(five));
    expect(body).toMatchObject({ inserted: 0, rejected: { wrong_granularity: 5 } });
    expect(body.first_rejects[0].detail).toBe("time: the rows are 24 h of market hours apart, and so no bars of H1");
  });

  it("counts every reject of an import, and keeps the first hundred of each reason", async () => {
    const query = "instrument=GBP_USD&granularity=H1&import_id=one";
    for (const part of [1, 2]) {
      const junk = Array.from({ length: 80 }, (_, i) => `not JSON ${part} ${i}`).join("\n");
      expect((await send(junk, query)).body).toMatchObject({ inserted: 0, rejected: { not_an_object: 80 } });
    }
    const { body } = await app.call("GET", "/api/rejects?limit=1&offset=1");
    expect(body).toMatchObject({ total_entries: 100, counts: [{ reason: "not_an_object", total: 160, kept: 100 }] });
    expect(body.rejects).toMatchObject([{ line: 2, instrument: "GBP_USD", reason: "not_an_object", ingested_at: toIso(NOW) }]);
    expect((await app.call("GET", "/api/rejects?reason=spike")).body).toEqual({ rejects: [], total_entries: 0, counts: [] });
    const wrong = await app.call("GET", "/api/rejects?limit=1001");
    expect([wrong.status, wrong.body.field]).toEqual([422, "limit"]);
  });

  it("a body over 8 MiB is 413", async () => {
    expect((await send(" ".repeat(8 * 1024 * 1024 + 1))).status).toBe(413);
  });

  it("real candles are refused by a store of simulated ones, before anything is written", async () => {
    await ports.bars.claimMarket("sandbox");
    const { status, body } = await send(toNdjson(BARS));
    expect([status, body.code]).toEqual([409, "mixed_markets"]);
    expect(ports.lake.keys()).toEqual([]);
  });
});
