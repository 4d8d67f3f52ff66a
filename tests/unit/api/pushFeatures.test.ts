import { beforeEach, describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND, toIso } from "../../../shared/domain/instant.ts";
import { PUSHED_VIEWS } from "../../../shared/features/pushedViews.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { linesOf } from "../../support/api/historyFixture.ts";
import { liquidityRows, writersOf } from "../../support/api/liquidityRows.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { rowsOfHistory } from "../../support/market/rowsOfHistory.ts";
import { addRows, GOLD, goldRow, INSTRUMENTS } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 30 * MINUTE;
const VIEW = PUSHED_VIEWS[0]!;
const at = (minutes: number) => toIso(NOON + minutes * MINUTE);

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW, config: { instruments: INSTRUMENTS } });
  app = createTestApp(ports);
});

const { push, write } = writersOf(() => app);
async function served(): Promise<unknown[]> {
  const body = { entities: { instrument: ["USD_SGD"] }, features: ["market_liquidity:quoted_depth"] };
  const { values, event_timestamps, statuses } = (await app.call("POST", "/get-online-features", body)).body.results[1];
  return [values[0], event_timestamps[0], statuses[0]];
}

describe("rows that are pushed", () => {
  it("are served at once, by the name of the source and of the view", async () => {
    const pushed = await push(liquidityRows([at(0)], [5]));
    expect([pushed.status, pushed.body, pushed.headers.get("x-fx-rows"), pushed.headers.get("x-fx-late-rows")]).toEqual([
      200,
      "",
      "1",
      "0",
    ]);
    expect(await served()).toEqual([5, at(0), "PRESENT"]);
    const written = await write(liquidityRows([at(1)], [6], { created: [null] }));
    expect([written.status, written.body]).toEqual([200, null]);
    expect(await served()).toEqual([6, at(1), "PRESENT"]);
  });

  it("take no newer one's place when they are late, and are recorded all the same", async () => {
    await push(liquidityRows([at(20), at(10)], [20, 10]));
    const late = await push(liquidityRows([at(5), at(25)], [5, 25]));
    expect(late.headers.get("x-fx-late-rows")).toBe("1");
    expect(await served()).toEqual([25, at(25), "PRESENT"]);
    await push(liquidityRows([at(-60)], [60]));
    expect(await served()).toEqual([25, at(25), "PRESENT"]);
    const rows = rowsOfHistory(await ports.features.history("USD_SGD", referenceOf(VIEW), { start: 0, end: NOW }, NOW));
    expect(rows.map(({ event_time, values }) => [toIso(event_time), values[1]])).toEqual([
      [at(-60), 60],
      [at(5), 5],
      [at(10), 10],
      [at(20), 20],
      [at(25), 25],
    ]);
  });

  it("are corrected by a later one of the same event, unless it says to have been made earlier", async () => {
    await push(liquidityRows([at(0)], [1], { created: [at(2)] }));
    await push(liquidityRows([at(0)], [2], { created: [at(1)] }));
    expect(await served()).toEqual([1, at(0), "PRESENT"]);
    await push(liquidityRows([at(0)], [3], { created: [at(3)] }));
    expect(await served()).toEqual([3, at(0), "PRESENT"]);
    ports.clock.advance(SECOND);
    await push(liquidityRows([at(0)], [4]));
    expect(await served()).toEqual([4, at(0), "PRESENT"]);
    expect(await ports.features.history("USD_SGD", referenceOf(VIEW), { start: 0, end: NOW }, NOW + SECOND)).toHaveLength(4);
  });

  it("are known in training from when they came, whatever they say of their time", async () => {
    await push(liquidityRows([at(0)], [7], { created: [at(0)] }));
    ports.clock.advance(10 * MINUTE);
    const moments = [at(10), at(30), at(35)];
    const { body } = await app.call("POST", "/get-historical-features", {
      entities: { instrument: moments.map(() => "USD_SGD"), event_timestamp: moments },
      features: ["market_liquidity:quoted_depth"],
    });
    expect(linesOf(body).map((row) => row["quoted_depth"])).toEqual([null, 7, 7]);
  });

  it("go offline where that is asked for, and are served from the next materialization on", async () => {
    await push(liquidityRows([at(0)], [8]), { to: "offline" });
    expect(await served()).toEqual([null, "1970-01-01T00:00:00Z", "NOT_FOUND"]);
    const materialized = await app.call("POST", "/materialize-incremental", { end_ts: toIso(NOW) });
    expect([materialized.status, materialized.body]).toEqual([200, null]);
    expect(await served()).toEqual([8, at(0), "PRESENT"]);
  });

  it("are withheld when they are older than an hour", async () => {
    await push(liquidityRows([at(0)], [8]));
    ports.clock.set(NOON + HOUR + 1);
    expect(await served()).toEqual([null, at(0), "OUTSIDE_MAX_AGE"]);
  });

  it.each(["2025-06-25T12:10:00", "2025-06-25T12:10:00.000000", "2025-06-25 12:10:00+00:00", "2025-06-25T20:10:00+08:00"])(
    "have a time like %s, without a zone of UTC",
    async (text) => {
      expect((await push(liquidityRows([text], [1]))).status).toBe(200);
      expect(await served()).toEqual([1, at(10), "PRESENT"]);
    },
  );
});

describe("POST /materialize", () => {
  const ret = async () => {
    const body = { entities: { instrument: ["USD_SGD"] }, features: ["market_features:ret_1"] };
    return (await app.call("POST", "/get-online-features", body)).body.results[1].values[0];
  };
  const materialize = (body: object, query = "") => app.call("POST", `/materialize${query}`, body);

  it("serves the newest row between both ends, and never an older one than is served", async () => {
    await addRows(ports, [goldRow(NOON - 2 * HOUR, 0.1), goldRow(NOON - HOUR, 0.2), goldRow(NOON, 0.3)]);
    await materialize({ start_ts: at(1), end_ts: at(29) });
    expect(await ret()).toBeNull();
    await materialize({ start_ts: at(-120), end_ts: at(-60) });
    expect(await ret()).toBe(0.2);
    await materialize({ start_ts: at(0).replace("Z", ""), end_ts: at(0), feature_views: ["market_features"] });
    expect(await ret()).toBe(0.3);
    await materialize({ start_ts: at(-120), end_ts: at(-60) });
    expect(await ret()).toBe(0.3);
  });

  it("serves no row that is not sound, and says which", async () => {
    const row = goldRow(NOON, 0.5);
    row.values[GOLD.features.findIndex(({ name }) => name === "mid")] = -1;
    await addRows(ports, [row]);
    const { status, body } = await materialize({ start_ts: at(0), end_ts: at(0) });
    expect([status, JSON.parse(body).code]).toEqual([409, "data_check_failed"]);
    expect(JSON.parse(body).message).toMatch(/market_features of USD_SGD.*mid/);
    expect(await ret()).toBeNull();
  });

  it("answers 202 with the views where nobody is to wait", async () => {
    const { status, body } = await materialize(
      { start_ts: at(0), end_ts: at(1), feature_views: ["market_liquidity"] },
      "?async=true&force=true",
    );
    expect([status, body]).toEqual([202, { status: "accepted", feature_views: ["market_liquidity"] }]);
    const all = await app.call("POST", "/materialize-incremental?async=true", { end_ts: at(0) });
    expect(all.body.feature_views).toEqual([
      ...["market_technical", "market_microstructure", "market_volatility", "market_features", "news_features", "market_liquidity"],
    ]);
  });
});
