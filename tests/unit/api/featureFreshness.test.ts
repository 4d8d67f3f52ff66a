import { beforeEach, describe, expect, it, vi } from "vitest";
import { renderFreshness } from "../../../functions/local/commands/featuresFreshness.ts";
import { freshnessSchema, type RowFreshness } from "../../../shared/contracts/featureFreshness.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { toOnlineRow } from "../../../shared/features/onlineRow.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { pushedViews } from "../../../shared/features/views.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { addNewsRows, addRows, GOLD, goldRow, INSTRUMENTS, newsRow, quietly } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

/** Friday, two hours before the market closes in New York. */
const FRIDAY = Date.UTC(2025, 5, 27, 19);
const WITHIN = 5 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: FRIDAY + WITHIN, config: { instruments: INSTRUMENTS } });
  app = createTestApp(ports);
  await addRows(ports, [goldRow(FRIDAY - HOUR, 0.5), goldRow(FRIDAY, 0.25)]);
  await addNewsRows(ports, [newsRow(FRIDAY, 0.125)]);
});

const get = async (query = "") => freshnessSchema.parse((await app.call("GET", `/api/features/freshness${query}`)).body);
const rowOf = async (view: string, instrument = "USD_SGD"): Promise<RowFreshness> =>
  (await get()).rows.find((row) => row.view === view && row.instrument === instrument)!;
const serve = (event_time: number, schema_hash = GOLD.schema_hash) =>
  ports.online.write("USD_SGD", { [GOLD.name]: toOnlineRow(goldRow(event_time, 0.5), schema_hash) });

describe("GET /api/features/freshness", () => {
  it("tells of every view of every pair how old its newest row is, by the clock and in open market", async () => {
    const { at, rows, stale } = await get();
    expect(at).toBe("2025-06-27T19:05:00Z");
    expect(rows.map(({ instrument, view }) => `${instrument} ${view}`)).toEqual(
      INSTRUMENTS.flatMap((pair) =>
        ["market_technical", "market_microstructure", "market_volatility", "market_features", "news_features"].map(
          (view) => `${pair} ${view}`,
        ),
      ),
    );
    expect(await rowOf("market_features")).toEqual({
      ...{ view: "market_features", instrument: "USD_SGD", event_time: "2025-06-27T19:00:00Z" },
      ...{ age_seconds: 300, market_age_seconds: 300, ttl_seconds: 7_200, ttl_counts: "market_hours", is_stale: false },
      online: { state: "absent", event_time: null },
    });
    expect(await rowOf("market_technical")).toMatchObject({
      event_time: null,
      age_seconds: null,
      market_age_seconds: null,
      is_stale: true,
    });
    expect(stale).toBe(8);
  });

  it("a row of the market does not age over the weekend, one of the news does", async () => {
    // Sunday, two hours after Friday's row by the market's clock: two before it closed, and none since.
    ports.clock.advance(50 * HOUR - WITHIN);
    expect(await rowOf("market_features")).toMatchObject({ market_age_seconds: 7_200, is_stale: false });
    ports.clock.advance(WITHIN);
    expect(await rowOf("market_features")).toMatchObject({
      age_seconds: (50 * HOUR + WITHIN) / 1_000,
      market_age_seconds: (2 * HOUR + WITHIN) / 1_000,
      is_stale: true,
    });
    expect(await rowOf("news_features")).toMatchObject({
      age_seconds: (50 * HOUR + WITHIN) / 1_000,
      ttl_counts: "wall_clock",
      is_stale: true,
    });
  });

  it("says what is online of it: the newest, an older one, or one of a former schema", async () => {
    await serve(FRIDAY - HOUR);
    expect((await rowOf("market_features")).online).toEqual({ state: "behind", event_time: "2025-06-27T18:00:00Z" });
    await serve(FRIDAY);
    expect((await rowOf("market_features")).online).toEqual({ state: "current", event_time: "2025-06-27T19:00:00Z" });
    await serve(FRIDAY, "former");
    expect((await rowOf("market_features")).online).toMatchObject({ state: "behind" });
    expect((await rowOf("market_features", "EUR_USD")).online.state).toBe("absent");
  });

  it("says so where the online store cannot be read, and goes on", async () => {
    quietly();
    vi.spyOn(ports.online, "read").mockRejectedValue(new Error("away"));
    expect(await rowOf("market_features")).toMatchObject({ is_stale: false, online: { state: "unreadable", event_time: null } });
    vi.restoreAllMocks();
  });

  it("tells of a pushed view where there is a row of it", async () => {
    const [view] = pushedViews(ports.config) as [ReturnType<typeof pushedViews>[number]];
    const values = new Float64Array(view.features.length).fill(0.5);
    await ports.features.write("USD_SGD", referenceOf(view), [{ event_time: FRIDAY, created_time: FRIDAY, available_at: FRIDAY, values }]);
    const found = (await get()).rows.filter((row) => row.view === view.name);
    expect(found).toMatchObject([{ instrument: "USD_SGD", event_time: "2025-06-27T19:00:00Z", online: { state: "absent" } }]);
  });

  it("may be asked of one pair, and not of one that is not there", async () => {
    expect(new Set((await get("?instrument=EUR_USD")).rows.map(({ instrument }) => instrument))).toEqual(new Set(["EUR_USD"]));
    const unknown = await app.call("GET", "/api/features/freshness?instrument=XAU_USD");
    expect([unknown.status, unknown.body.code]).toEqual([404, "unknown_instrument"]);
    expect((await app.call("GET", "/api/features/freshness?instrument=usd")).status).toBe(422);
  });
});

it("fx features freshness has a line a row, and counts what is stale", async () => {
  await serve(FRIDAY - HOUR);
  const lines = renderFreshness(await get("?instrument=USD_SGD")).split("\n");
  expect(lines.find((line) => line.includes("market_features"))).toMatch(
    /^USD_SGD +market_features +2025-06-27T19:00:00Z +5 min 0 s +5 min 0 s +2 market hours +fresh +behind: 2025-06-27T18:00:00Z$/,
  );
  expect(lines.find((line) => line.includes("market_technical"))).toMatch(/ - +- +- +2 market hours +MISSING +absent$/);
  expect(lines.at(-1)).toBe("3 of 5 are stale or missing at 2025-06-27T19:05:00Z.");
  const fresh = renderFreshness({ at: "2025-06-27T19:05:00Z", stale: 0, rows: (await get()).rows.filter((row) => !row.is_stale) });
  expect(fresh).toContain("All 2 are fresh at");
});
