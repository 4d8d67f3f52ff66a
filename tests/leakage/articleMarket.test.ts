import { beforeAll, describe, expect, it } from "vitest";
import { goldViewOf } from "../../functions/pipelines/common/goldViewOf.ts";
import { buildMarketGold } from "../../functions/pipelines/market_features/buildMarketGold.ts";
import { marketContexts } from "../../functions/pipelines/news_features/marketContexts.ts";
import { scoreArticles } from "../../functions/pipelines/news_features/scoreArticles.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../shared/domain/instant.ts";
import type { FeatureRow } from "../../shared/ports/featureStore.ts";
import { runSlices } from "../support/engine/stepContext.ts";
import { walkUntil } from "../support/market/candleLines.ts";
import { articleOf, storeArticles } from "../support/news/scoredNews.ts";
import { createFakeScorer } from "../support/ports/fakeScorer.ts";
import { createTestPorts, storeBars, type TestPorts } from "../support/ports/testPorts.ts";

/** An article is read with the market of its own knowledge time: never the nearest row, which may lie behind it, and never the latest. */

const NOON = Date.UTC(2025, 5, 25, 12);
const INSTRUMENTS = ["EUR_USD", "USD_SGD", "SGD_JPY"];
const GOLD = goldViewOf({ instruments: INSTRUMENTS });
const reference = { view: GOLD.name, schema_hash: GOLD.schema_hash };
const position = (name: string) => GOLD.features.findIndex((feature) => feature.name === name);

let ports: TestPorts;
let rows: readonly FeatureRow[];
beforeAll(async () => {
  ports = await createTestPorts({ now: NOON, config: { instruments: INSTRUMENTS } });
  for (const [i, instrument] of INSTRUMENTS.entries()) await storeBars(ports, walkUntil(instrument, NOON, 300, i + 1));
  await runSlices(buildMarketGold, ports, { window: { start: NOON - 600 * HOUR, end: NOON } });
  rows = await ports.features.read("USD_SGD", reference, { start: 0, end: NOON }, NOON);
});

const contextAt = async (at: Instant, given: TestPorts = ports) => (await marketContexts(given, [articleOf(at)]))[0];

describe("the market that an article is read with", () => {
  it.each([
    ["in the middle of an hour: that of the hour before, though the next is nearer", NOON - 10 * MINUTE, NOON - HOUR],
    ["at the very end of a bar: that bar's", NOON, NOON],
    ["a millisecond before", NOON - 1, NOON - HOUR],
    ["an hour after the newest row: that row's", NOON + HOUR, NOON],
  ])("%s", async (_name, at, event_time) => {
    const row = rows.find((one) => one.event_time === event_time)!;
    const context = await contextAt(at);
    expect(context).toMatchObject({
      instrument: "USD_SGD",
      event_time,
      mid: row.values[position("mid")],
      ret_1: row.values[position("ret_1")],
    });
  });

  it("does not change with what the market does after the article, for any article", async () => {
    const times = Array.from({ length: 60 }, (_, i) => NOON - i * 97 * MINUTE);
    const all = await marketContexts(
      ports,
      times.map((at) => articleOf(at)),
    );
    for (const [i, at] of times.entries()) {
      const early = await createTestPorts({ now: NOON, config: { instruments: INSTRUMENTS } });
      const known = rows.filter((row) => row.available_at <= at);
      await early.features.write("USD_SGD", reference, known);
      expect(await contextAt(at, early), new Date(at).toISOString()).toEqual(all[i]);
    }
  });

  it("is a row that was known by then: one of an earlier hour that came late is not", async () => {
    const late = await createTestPorts({ now: NOON, config: { instruments: INSTRUMENTS } });
    const [before, last] = rows.slice(-2) as [FeatureRow, FeatureRow];
    await late.features.write("USD_SGD", reference, [
      before,
      { ...last, available_at: NOON + 5 * MINUTE, created_time: NOON + 5 * MINUTE },
    ]);
    expect((await contextAt(NOON + 4 * MINUTE, late))?.event_time).toBe(before.event_time);
    expect((await contextAt(NOON + 5 * MINUTE, late))?.event_time).toBe(last.event_time);
  });

  it("is Friday's last on a weekend, and none where the market was open and nothing came", async () => {
    const friday = Date.UTC(2025, 5, 20, 21);
    expect((await contextAt(friday + 40 * HOUR))?.event_time).toBe(friday);
    expect(await contextAt(NOON + 2 * HOUR + 1)).toBeNull();
    expect(await contextAt(NOON - 400 * DAY)).toBeNull();
  });

  it("has null where the row has no value", async () => {
    const first = rows[0]!;
    expect(first.values[position("vol_20")]).toBeNaN();
    expect(await contextAt(first.event_time)).toMatchObject({ event_time: first.event_time, mid: first.values[0], vol_20: null });
  });

  it("is another pair's with the Singapore dollar where USD_SGD is not collected, and none without one", async () => {
    const others = await createTestPorts({ now: NOON, config: { instruments: ["EUR_USD", "SGD_JPY"] } });
    const view = goldViewOf(others.config);
    const values = new Float64Array(view.features.length);
    await others.features.write("SGD_JPY", { view: view.name, schema_hash: view.schema_hash }, [
      { event_time: NOON, available_at: NOON, created_time: NOON, values },
    ]);
    expect((await contextAt(NOON, others))?.instrument).toBe("SGD_JPY");
    expect(await contextAt(NOON, await createTestPorts({ now: NOON, config: { instruments: ["EUR_USD"] } }))).toBeNull();
  });

  it("goes to the model and into the score as it is", async () => {
    const scorer = createFakeScorer();
    const given = articleOf(NOON - 10 * MINUTE);
    await storeArticles(ports.database, [given]);
    await runSlices(scoreArticles, { ...ports, sentiment: scorer }, { window: { start: NOON - HOUR, end: NOON }, map_key: "" });
    const context = await contextAt(given.available_at);
    expect(scorer.requests[0]![0]!.market).toEqual(context);
    const [scored] = await ports.sentiments.scored({ start: 0, end: NOON }, null, 1);
    expect(scored!.score.market).toEqual(context);
  });
});
