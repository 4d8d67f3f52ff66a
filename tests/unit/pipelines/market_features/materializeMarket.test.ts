import { describe, expect, it } from "vitest";
import { goldViewOf } from "../../../../functions/pipelines/common/goldViewOf.ts";
import { buildMarketGold } from "../../../../functions/pipelines/market_features/buildMarketGold.ts";
import { buildMarketSilver } from "../../../../functions/pipelines/market_features/buildMarketSilver.ts";
import { materializeMarket } from "../../../../functions/pipelines/market_features/materializeMarket.ts";
import { materializeNews } from "../../../../functions/pipelines/news_features/materializeNews.ts";
import { HOUR, type Instant } from "../../../../shared/domain/instant.ts";
import { fromOnlineRow } from "../../../../shared/features/onlineRow.ts";
import { MARKET_TECHNICAL } from "../../../../shared/features/registry.ts";
import { runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { createTestClock } from "../../../support/engine/testEngine.ts";
import { walkUntil } from "../../../support/market/candleLines.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const GOLD = goldViewOf({ instruments: ["USD_SGD", "EUR_USD"] });
const gold = { view: GOLD.name, schema_hash: GOLD.schema_hash };
const until = (end: Instant) => ({ window: { start: end - HOUR, end } });

async function builtPorts(): Promise<TestPorts> {
  const ports = await createTestPorts({ now: NOON });
  await storeBars(ports, walkUntil("USD_SGD", NOON, 80, 1));
  const window = { start: NOON - 20 * HOUR, end: NOON };
  await runSlices(buildMarketSilver, ports, { window });
  await runSlices(buildMarketGold, ports, { window });
  return ports;
}

const onlineEventTime = async (ports: TestPorts) => (await ports.online.read("USD_SGD"))?.[GOLD.name]?.event_time;

describe("materialize_market", () => {
  it("writes the newest row of every view, equal to the stored one to the bit", async () => {
    const ports = await builtPorts();
    expect(await materializeMarket.run(ports, stepContext(until(NOON)))).toEqual({ kind: "success", report: { read: 4, written: 4 } });
    const online = await ports.online.read("USD_SGD");
    expect(Object.keys(online!).sort()).toEqual(["market_features", "market_microstructure", "market_technical", "market_volatility"]);
    const stored = await ports.features.latest("USD_SGD", gold, NOON);
    expect(stored!.values.some(Number.isNaN)).toBe(true); // its own leg's columns
    expect(fromOnlineRow(online![GOLD.name]!)).toEqual(stored);
  });

  it.each([
    [
      "a value out of its range",
      (values: Float64Array) => values.with(10, 104),
      /range: rsi_14 must be from 0 to 100: 2025-06-25T12:00:00Z \(104\)\./,
    ],
    ["an infinite one", (values: Float64Array) => values.with(1, Number.POSITIVE_INFINITY), /ret_1 must be from -1 to 1: .* \(Infinity\)/],
    [
      "another width",
      (values: Float64Array) => values.slice(1),
      /schema: a row has 14 values, and the view 15 features: 2025-06-25T12:00:00Z\./,
    ],
  ])("does not serve a stored row with %s, and leaves what is served", async (_what, change, problem) => {
    const ports = await builtPorts();
    await materializeMarket.run(ports, stepContext(until(NOON - HOUR)));
    const served = await ports.online.read("USD_SGD");
    const technical = { view: MARKET_TECHNICAL.name, schema_hash: MARKET_TECHNICAL.schema_hash };
    const row = (await ports.features.latest("USD_SGD", technical, NOON))!;
    await ports.features.write("USD_SGD", technical, [{ ...row, values: change(row.values) }]);
    const run = materializeMarket.run(ports, stepContext(until(NOON)));
    await expect(run).rejects.toThrow(expect.objectContaining({ code: "data_check_failed", message: expect.stringMatching(problem) }));
    expect(await ports.online.read("USD_SGD")).toEqual(served);
  });

  it("takes what was known at the window's end, not what is known now", async () => {
    const ports = await builtPorts();
    await materializeMarket.run(ports, stepContext(until(NOON - 5 * HOUR)));
    expect(await onlineEventTime(ports)).toBe(NOON - 5 * HOUR);
  });

  it.each([
    ["market", materializeMarket],
    ["news", materializeNews],
  ])("of several hours leaves what they would have left one after the other: %s", async (_of, step) => {
    // None at first, forwards, twice the same, and backwards.
    const contexts = [-40, -9, -7, -7, -8, -2].map((hours) => stepContext(until(NOON + hours * HOUR)));
    const [one, block] = [await builtPorts(), await builtPorts()];
    const outcomes = [];
    for (const context of contexts) outcomes.push(await step.run(one, context));
    expect(await step.block!.run(block, contexts)).toEqual(outcomes);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["skipped", ...Array(5).fill("success")]);
    expect(JSON.stringify(await block.online.read("USD_SGD"))).toBe(JSON.stringify(await one.online.read("USD_SGD")));
    expect(await onlineEventTime(block)).toBe(NOON - 2 * HOUR);
  });

  it("an older row never takes the place of a newer one", async () => {
    const ports = await builtPorts();
    await materializeMarket.run(ports, stepContext(until(NOON)));
    expect(await materializeMarket.run(ports, stepContext(until(NOON - 5 * HOUR)))).toEqual({
      kind: "success",
      report: { read: 4, written: 0 },
    });
    expect(await onlineEventTime(ports)).toBe(NOON);
  });

  it("takes the place of a row of a day that the clock has gone back from", async () => {
    const ports = await builtPorts();
    await materializeMarket.run(ports, stepContext(until(NOON)));
    const earlier = { ...ports, clock: createTestClock(NOON - 5 * HOUR) };
    await materializeMarket.run(earlier, stepContext(until(NOON - 5 * HOUR)));
    expect(await onlineEventTime(ports)).toBe(NOON - 5 * HOUR);
  });

  it("skips when there is no row", async () => {
    const ports = await createTestPorts({ now: NOON });
    expect(await materializeMarket.run(ports, stepContext(until(NOON)))).toMatchObject({ kind: "skipped" });
    expect(await ports.online.read("USD_SGD")).toBeNull();
  });
});
