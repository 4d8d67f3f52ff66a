import { beforeEach, describe, expect, it } from "vitest";
import { buildNewsSilver } from "../../../../functions/pipelines/news_features/buildNewsSilver.ts";
import type { Article } from "../../../../shared/domain/article.ts";
import { DAY, HOUR, type Instant } from "../../../../shared/domain/instant.ts";
import { contentHash, simhash } from "../../../../shared/news/feeds/simhash.ts";
import { runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { articleOf, scoreOf, storeArticles } from "../../../support/news/scoredNews.ts";
import { createTestPorts, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const ALL = { start: 0, end: NOON + DAY };
const TEXT = "The Monetary Authority of Singapore tightened policy on Wednesday, and the Singapore dollar rose to its highest in a year.";

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOON });
});

/** An article with a text of its own, and so with hashes of its own. */
function article(hours_before: number, text: string, change: Partial<Article> = {}): Article {
  const hashes = { content_hash: contentHash(`MAS tightens\n${text}`), simhash: simhash(`MAS tightens\n${text}`) };
  return articleOf(NOON - hours_before * HOUR, { article_id: `${hours_before}`, title: "MAS tightens", body: text, ...hashes, ...change });
}

const put = async (...given: Article[]) => {
  await storeArticles(ports.database, given);
  await ports.sentiments.prepareScores(given.map((one) => scoreOf(one))).commit();
};
const build = (start: Instant, end = NOON) => runSlices(buildNewsSilver, ports, { window: { start, end }, map_key: "" });
const ids = async () => (await ports.sentiments.silver(ALL)).map(({ article_id }) => article_id);
const builtUntil = async () => (await ports.features.progress("news", { view: "news_silver", schema_hash: "1" })).built_until;

describe("what is built", () => {
  it("a row of every scored article, with how it was read and what it says of currencies", async () => {
    await put(article(1, TEXT));
    expect((await build(NOON - HOUR - 1)).outcome).toEqual({ kind: "success", report: { read: 1, written: 1, duplicates: 0 } });
    const [row] = await ports.sentiments.silver(ALL);
    expect(row).toMatchObject({ article_id: "1", available_at: NOON - HOUR, engine: "lexicon", confidence: 0.5, duplicate_of: null });
    expect(row!.sgd_directional_signal).toBeGreaterThan(0);
    expect(row!.currencies.find(({ currency }) => currency === "SGD")!.direction).toBeGreaterThan(0);
    expect(row!.policy).toMatchObject({ bank: "MAS", stance: "hawkish" });
  });

  it("nothing of an article that nobody has read, or that is later", async () => {
    await storeArticles(ports.database, [article(2, TEXT)]);
    await put(article(-1, `${TEXT} Later.`));
    expect((await build(NOON - HOUR)).outcome).toMatchObject({ kind: "success", report: { written: 0 } });
    expect(await ids()).toEqual([]);
  });

  it("the text of another source taken over is a duplicate for 72 hours, and news again after", async () => {
    const from = (hours: number, source: string) => article(hours, TEXT, { source });
    await put(from(100, "reuters"), from(28, "bloomberg"), from(27, "straits_times"));
    await build(NOON - 200 * HOUR);
    const rows = await ports.sentiments.silver(ALL);
    expect(rows.map(({ article_id, duplicate_of }) => [article_id, duplicate_of])).toEqual([
      ["100", null],
      ["28", "100"],
      ["27", "28"],
    ]);
  });

  it("more than a slice, the same as all at once", async () => {
    const many = Array.from({ length: 2_300 }, (_, i) =>
      article(i / 10, `${TEXT} Report ${i % 700}.`, { source: i % 2 ? "reuters" : "bloomberg" }),
    );
    await put(...many);
    const { slices, outcome } = await build(NOON - 300 * HOUR);
    expect([slices, outcome.kind]).toEqual([3, "success"]);
    const sliced = await ports.sentiments.silver(ALL);
    expect(sliced).toHaveLength(2_300);
    const hourly = await createTestPorts({ now: NOON });
    await storeArticles(hourly.database, many);
    await hourly.sentiments.prepareScores(many.map((one) => scoreOf(one))).commit();
    for (let end = NOON - 240 * HOUR; end <= NOON; end += 24 * HOUR)
      await runSlices(buildNewsSilver, hourly, { window: { start: end - 24 * HOUR, end }, map_key: "" });
    expect(await hourly.sentiments.silver(ALL)).toEqual(sliced);
  });
});

describe("where a build begins", () => {
  it("with all that there is when nothing was built yet", async () => {
    await put(article(500, `${TEXT} Long ago.`), article(1, TEXT));
    await build(NOON - 2 * HOUR);
    expect(await ids()).toEqual(["500", "1"]);
    expect(await builtUntil()).toBe(NOON);
  });

  it("where it stopped, after an outage", async () => {
    await put(article(50, `${TEXT} First.`));
    await build(NOON - 60 * HOUR, NOON - 49 * HOUR);
    await put(article(30, `${TEXT} Second.`));
    expect((await build(NOON - HOUR)).outcome).toMatchObject({ report: { read: 1 } });
  });

  it("before an article that came late, and a later one that says the same becomes its duplicate", async () => {
    await put(article(20, TEXT, { source: "reuters" }));
    await build(NOON - 60 * HOUR);
    await put(article(40, TEXT, { source: "bloomberg" }));
    expect(await builtUntil()).toBe(NOON - 40 * HOUR - 1);
    await build(NOON, NOON + HOUR);
    expect((await ports.sentiments.silver(ALL)).map(({ duplicate_of }) => duplicate_of)).toEqual([null, "40"]);
  });

  it("before one that FinGPT has read again", async () => {
    const given = article(20, TEXT);
    await put(given);
    await build(NOON - 60 * HOUR);
    await ports.sentiments.prepareScores([scoreOf(given, { engine: "fingpt", model: "m", sentiment_score: 0.875 })]).commit();
    await build(NOON, NOON + HOUR);
    expect((await ports.sentiments.silver(ALL))[0]).toMatchObject({ engine: "fingpt", sentiment_score: 0.875 });
  });

  it("a repeat changes nothing, and lowers no gold behind it", async () => {
    await put(article(20, TEXT));
    await build(NOON - 60 * HOUR);
    const gold = { view: "news_features", schema_hash: "g" };
    await ports.features.advance("USD_SGD", gold, await ports.features.progress("USD_SGD", gold), NOON);
    await build(NOON - 60 * HOUR);
    expect((await ports.features.progress("USD_SGD", gold)).built_until).toBe(NOON);
  });

  it("a score that comes while it builds is built by the next run", async () => {
    await put(article(20, TEXT));
    const context = stepContext({ window: { start: NOON - 60 * HOUR, end: NOON }, map_key: "" });
    await buildNewsSilver.run(ports, context);
    await put(article(10, `${TEXT} Late.`));
    await context.settle();
    expect(await builtUntil()).toBeNull();
    await build(NOON, NOON + HOUR);
    expect(await ids()).toEqual(["20", "10"]);
  });
});
