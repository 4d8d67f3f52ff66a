import { beforeEach, describe, expect, it, vi } from "vitest";
import { createPredictor } from "../../../functions/serving/predictor.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import {
  addModel,
  addNewsRows,
  addRows,
  alternatingRows,
  GOLD,
  materialize,
  materializeNews,
  newsRow,
  predictorPorts,
} from "../../support/models/servingFixture.ts";
import { probabilityOf } from "../../support/models/tinyModel.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;
const UP = probabilityOf(0.4);
const DOWN = probabilityOf(-0.4);
const MARKET = alternatingRows(NOON, 60);

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  await addRows(ports, MARKET);
  await materialize(ports, MARKET.at(-1)!);
});

const down = (): never => {
  throw new AppError("store_unavailable", "down", { status: 503, retryable: true });
};
const newsModel = () => addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - 10 * DAY, reads_news: true });
const predict = async (as_of: Instant | null = null) => {
  const { record, view_states, features_used } = await createPredictor(predictorPorts(ports))("USD_SGD", as_of);
  const { news_features } = view_states;
  return { prediction: record.prediction, news_features, features_used };
};

describe("a model that reads news", () => {
  it("has it, from the one value of the online store and without libSQL", async () => {
    await newsModel();
    await materializeNews(ports, newsRow(NOON, 0.5));
    const online_only = predictorPorts(ports, {
      features: { ...ports.features, latest: down },
      tracking: { ...ports.tracking, productionAt: down },
    });
    const read = vi.spyOn(ports.online, "read");
    const answer = await createPredictor(online_only)("USD_SGD", null);
    expect([answer.record.prediction, answer.view_states["news_features"], answer.features_used]).toEqual([UP, "fresh", 2]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["six hours old", 6 * HOUR, UP, "fresh", 2],
    ["older than that", 6 * HOUR + 1, DOWN, "stale", 1],
  ])("news that is %s", async (_name, age_ms, prediction, news_features, features_used) => {
    await newsModel();
    await materializeNews(ports, newsRow(NOW - age_ms, 0.5));
    expect(await predict()).toEqual({ prediction, news_features, features_used });
  });

  it("news ages on the wall clock, also over a weekend in which the market row stays fresh", async () => {
    const friday = Date.UTC(2025, 5, 27, 21);
    const rows = alternatingRows(friday, 5);
    await newsModel();
    await addRows(ports, rows);
    await materialize(ports, rows.at(-1)!);
    await materializeNews(ports, newsRow(friday, 0.5));
    ports.clock.set(friday + 24 * HOUR);
    expect(await predict()).toMatchObject({ prediction: DOWN, news_features: "stale" });
  });

  it.each([
    ["none is materialized", async () => {}],
    ["what is materialized is of another schema", () => materializeNews(ports, newsRow(NOON, 0.5), "old")],
  ])("when %s, the answer is of the market alone and says so", async (_name, prepare) => {
    await newsModel();
    await prepare();
    expect(await predict()).toEqual({ prediction: DOWN, news_features: "missing", features_used: 1 });
  });

  it("from libSQL, both, when nothing is online", async () => {
    ports = await createTestPorts({ now: NOW });
    await newsModel();
    await addRows(ports, MARKET);
    await addNewsRows(ports, [newsRow(NOON, 0.5)]);
    expect(await predict()).toEqual({ prediction: UP, news_features: "fresh", features_used: 2 });
  });

  it("keeps both rows for a second, and has a newer one after it", async () => {
    await newsModel();
    await materializeNews(ports, newsRow(NOON - HOUR, -0.5));
    const ask = createPredictor(predictorPorts(ports));
    expect((await ask("USD_SGD", null)).record.prediction).toBe(DOWN);
    await materializeNews(ports, newsRow(NOON, 0.5));
    expect((await ask("USD_SGD", null)).record.prediction).toBe(DOWN);
    ports.clock.advance(SECOND);
    expect((await ask("USD_SGD", null)).record.prediction).toBe(UP);
  });

  it("without a market row, no news makes an answer", async () => {
    ports = await createTestPorts({ now: NOW });
    await newsModel();
    await materializeNews(ports, newsRow(NOON, 0.5));
    await expect(predict()).rejects.toMatchObject({ code: "features_missing" });
  });
});

describe("as of a moment", () => {
  it("has the news that was known then, and not the row that became known a millisecond later", async () => {
    await newsModel();
    await addNewsRows(ports, [newsRow(NOON - 2 * HOUR, 0.5), newsRow(NOON - HOUR, -0.5, NOON - HOUR + 1)]);
    expect(await predict(NOON - HOUR)).toMatchObject({ prediction: UP, news_features: "fresh" });
    expect(await predict(NOON - HOUR + 1)).toMatchObject({ prediction: DOWN, news_features: "fresh" });
  });

  it("says that it was stale then", async () => {
    await newsModel();
    await addNewsRows(ports, [newsRow(NOON - 10 * HOUR, 0.5)]);
    expect(await predict(NOON - 4 * HOUR)).toMatchObject({ news_features: "fresh" });
    expect(await predict(NOON - 4 * HOUR + 1)).toMatchObject({ prediction: DOWN, news_features: "stale" });
  });

  it("before there was any news it is missing", async () => {
    await newsModel();
    await addNewsRows(ports, [newsRow(NOON, 0.5)]);
    expect(await predict(NOON - HOUR)).toMatchObject({ prediction: DOWN, news_features: "missing" });
  });
});

describe("a model that was trained without news", () => {
  it("serves, and the news that there is changes nothing", async () => {
    await addModel(ports, { run_id: "b", strength: 0.4, promoted_at: NOON - DAY });
    expect(await predict()).toEqual({ prediction: UP, news_features: "unused", features_used: 1 });
    await materializeNews(ports, newsRow(NOON, -0.5));
    expect(await predict()).toEqual({ prediction: UP, news_features: "unused", features_used: 1 });
  });
});

describe("a model that cannot be served", () => {
  it.each([
    [
      "of another schema of news",
      [
        { view: GOLD.name, schema_hash: GOLD.schema_hash },
        { view: NEWS_FEATURES.name, schema_hash: "old" },
      ],
      /trained on market_features@.* and news_features@old/,
    ],
    ["of news alone", [{ view: NEWS_FEATURES.name, schema_hash: NEWS_FEATURES.schema_hash }], /trained on news_features/],
    [
      "of a view that is not built here",
      [
        { view: GOLD.name, schema_hash: GOLD.schema_hash },
        { view: "moon", schema_hash: "m" },
      ],
      /moon@m/,
    ],
  ])("one %s is refused", async (_name, views, message) => {
    await addModel(ports, { run_id: "c", strength: 0.4, promoted_at: NOON - DAY, reads_news: true, card: { views } });
    await expect(predict()).rejects.toMatchObject({ code: "schema_mismatch", status: 503, message: expect.stringMatching(message) });
  });
});
