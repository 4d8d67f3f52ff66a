import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createSentimentStore } from "../../functions/adapters/libsql/news/sentimentStore.ts";
import { articles } from "../../functions/adapters/libsql/schema/news.ts";
import { type Article, textOf } from "../../shared/domain/article.ts";
import { HOUR, type Instant, MINUTE } from "../../shared/domain/instant.ts";
import type { MarketContext } from "../../shared/domain/marketContext.ts";
import type { FeatureProgress, FeatureStore } from "../../shared/ports/featureStore.ts";
import type { SentimentStore } from "../../shared/ports/sentimentStore.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { articleOf, currencyView, scoreOf, silverOf, storeArticles } from "../support/news/scoredNews.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const ALL = { start: 0, end: NOON + 1_000 * HOUR };
const SILVER_VIEW = { view: "news_silver", schema_hash: "s" };
const GOLD_VIEW = { view: "news_features", schema_hash: "g" };

let sqld: SqldProcess;
let store: SentimentStore;
let features: FeatureStore;
let ingested_at = NOON;

beforeAll(async () => {
  sqld = await startSqld();
  store = createSentimentStore(sqld.database, { now: () => ingested_at });
  features = createFeatureStore(sqld.database, { now: () => ingested_at });
});
afterAll(() => sqld.stop());
beforeEach(async () => {
  for (const table of ["articles", "article_scores", "news_silver", "feature_progress", "store_facts"])
    await sqld.database.$client.execute(`DELETE FROM ${table}`);
});

const idsOf = (found: readonly Pick<Article, "article_id">[]) => found.map(({ article_id }) => article_id);
const put = (...given: Article[]) => storeArticles(sqld.database, given);
const score = (...scores: Parameters<SentimentStore["prepareScores"]>[0]) => store.prepareScores(scores).commit();
const silver = (...rows: Parameters<SentimentStore["prepareSilver"]>[0]) => store.prepareSilver(rows).commit();

describe("articles that wait to be read", () => {
  const [first, second, third] = [0, 1, 2].map((hour) => articleOf(NOON + hour * HOUR, { article_id: `a${hour}` })) as [
    Article,
    Article,
    Article,
  ];

  it("come after the window's start up to its end, by time and then id, and only those that are relevant", async () => {
    const twin = articleOf(second.available_at, { article_id: "a0 again" });
    await put(third, second, twin, first, articleOf(NOON + HOUR, { article_id: "irrelevant", is_relevant: false }));
    const window = { start: NOON, end: NOON + 2 * HOUR };
    expect(await store.unscored(window, "lexicon", 10)).toEqual([twin, second, third]);
    expect(idsOf(await store.unscored(window, "lexicon", 2))).toEqual(["a0 again", "a1"]);
  });

  it("for the lexicon, none that anybody has read; for FinGPT, those that only the lexicon has", async () => {
    await put(first, second, third);
    await score(scoreOf(first, { engine: "lexicon" }), scoreOf(second, { engine: "fingpt", model: "m" }));
    expect(idsOf(await store.unscored(ALL, "lexicon", 10))).toEqual(["a2"]);
    expect(idsOf(await store.unscored(ALL, "fingpt", 10))).toEqual(["a0", "a2"]);
  });

  it("an article whose knowledge time has moved waits again: it was read with the market of another time", async () => {
    await put(first);
    await score(scoreOf(first, { engine: "fingpt" }));
    const moved = { available_at: first.available_at - HOUR, first_seen_at: first.available_at - HOUR };
    await sqld.database.update(articles).set(moved).where(eq(articles.article_id, "a0"));
    expect(idsOf(await store.unscored(ALL, "fingpt", 10))).toEqual(["a0"]);
    expect(await store.scored(ALL, null, 10)).toEqual([]);
    await score(scoreOf({ ...first, ...moved }));
    expect((await store.scored(ALL, null, 10)).map((one) => one.score.available_at)).toEqual([moved.available_at]);
  });

  it("more of them than one answer of the database may hold, with texts of any length", async () => {
    const many = Array.from({ length: 240 }, (_, i) => articleOf(NOON + i, { article_id: `${i}`, body: "新".repeat(30_000) }));
    await put(...many);
    const found = await store.unscored(ALL, "lexicon", 1_000);
    expect(idsOf(found)).toEqual(idsOf(many));
    expect(textOf(found[239]!).length).toBeLessThan(21_000);
  });
});

describe("scores", () => {
  const market: MarketContext = {
    instrument: "USD_SGD",
    event_time: NOON,
    mid: 1.2875,
    ret_1: -0.000125,
    ret_5: null,
    vol_20: 0.00075,
    zscore_20: 0.5,
    spread_pct: null,
    high_vol_regime: 0,
  };

  it("come back with their article, FinGPT's before the lexicon's whichever was written first", async () => {
    const given = [0, 1].map((i) => articleOf(NOON + i, { article_id: `${i}` }));
    await put(...given);
    const fingpt = given.map((article) => scoreOf(article, { engine: "fingpt", model: "m", label_mass: 0.75, truncated: true, market }));
    await score(scoreOf(given[0]!), fingpt[1]!);
    await score(fingpt[0]!, scoreOf(given[1]!));
    expect(await store.scored(ALL, null, 10)).toEqual(given.map((article, i) => ({ article, score: fingpt[i] })));
  });

  it("go on after a position, also among articles of one moment", async () => {
    const given = ["a", "b", "c"].map((article_id) => articleOf(NOON, { article_id }));
    await put(...given);
    await score(...given.map((article) => scoreOf(article)));
    const after = { available_at: NOON, article_id: "a" };
    expect((await store.scored(ALL, after, 1)).map((one) => one.article.article_id)).toEqual(["b"]);
    expect((await store.scored(ALL, after, 9)).map((one) => one.article.article_id)).toEqual(["b", "c"]);
  });

  it("say what only the lexicon has read", async () => {
    const given = [0, 1, 2, 3].map((hour) => articleOf(NOON + hour * HOUR, { article_id: `${hour}` }));
    await put(...given);
    expect(await store.lexiconOnly()).toBeNull();
    await score(...given.map((article) => scoreOf(article)));
    await score(scoreOf(given[0]!, { engine: "fingpt" }), scoreOf(given[3]!, { engine: "fingpt" }));
    expect(await store.lexiconOnly()).toEqual({ start: NOON + HOUR, end: NOON + 2 * HOUR });
  });

  it("a repeated score keeps its first ingested_at, another one replaces it", async () => {
    const ingested = async () =>
      (await sqld.database.$client.execute("SELECT ingested_at, confidence FROM article_scores")).rows.map((row) => [row[0], row[1]]);
    const article = articleOf(NOON);
    ingested_at = 1;
    await score(scoreOf(article, { market }));
    ingested_at = 2;
    await score(scoreOf(article, { market }));
    expect(await ingested()).toEqual([[1, 0.5]]);
    await score(scoreOf(article, { market, confidence: 0.25 }));
    expect(await ingested()).toEqual([[2, 0.25]]);
  });
});

describe("silver", () => {
  const full = silverOf(NOON, {
    article_id: "full",
    duplicate_of: "earlier",
    policy: { bank: "MAS", currency: "SGD", stance: "hawkish" },
    market_coherence: -0.25,
    currencies: [currencyView("SGD", 0.5), currencyView("USD", -0.25, 0.5)],
    central_banks: ["MAS"],
    countries: ["Singapore"],
    organisations: ["DBS"],
    topics: ["policy", "inflation"],
  });

  it("comes back as it was, ascending, after the window's start up to its end", async () => {
    const [before, after] = [silverOf(NOON - HOUR, { label_mass: null }), silverOf(NOON + HOUR)];
    await silver(after, full, before);
    expect(await store.silver({ start: NOON - HOUR - 1, end: NOON })).toEqual([before, full]);
    expect(await store.silver({ start: NOON - HOUR, end: NOON - 1 })).toEqual([]);
    expect(await store.firstSilver()).toBe(NOON - HOUR);
  });

  it("of many pages", async () => {
    const many = Array.from({ length: 4_100 }, (_, i) => silverOf(NOON + i));
    await silver(...many);
    expect(await store.silver(ALL)).toEqual(many);
  });

  it("is empty in a new store", async () => {
    expect([await store.silver(ALL), await store.firstSilver()]).toEqual([[], null]);
  });
});

describe("what a change makes of the views behind it", () => {
  const built_until = NOON + 10 * HOUR;
  const advance = async (entity: string, view: typeof GOLD_VIEW, since?: FeatureProgress) =>
    features.advance(entity, view, since ?? (await features.progress(entity, view)), built_until);
  const progressOf = async (entity: string, view: typeof GOLD_VIEW) => (await features.progress(entity, view)).built_until;

  it.each([
    ["a new silver row", silverOf(NOON + HOUR), NOON + HOUR - 1],
    ["one at the very end of what is built", silverOf(built_until), built_until - 1],
    ["one behind it", silverOf(built_until + 1), built_until],
  ])("%s lowers news_features of every instrument to just before it", async (_name, row, expected) => {
    await advance("USD_SGD", GOLD_VIEW);
    await advance("EUR_USD", GOLD_VIEW);
    await advance("USD_SGD", { view: "market_features", schema_hash: "m" });
    await silver(row);
    expect(await progressOf("USD_SGD", GOLD_VIEW)).toBe(expected);
    expect(await progressOf("EUR_USD", GOLD_VIEW)).toBe(expected);
    expect(await progressOf("USD_SGD", { view: "market_features", schema_hash: "m" })).toBe(built_until);
  });

  it("the same rows again change nothing; a changed one counts from the earlier of its two times", async () => {
    const rows = [silverOf(NOON, { article_id: "x" }), silverOf(NOON + 5 * HOUR, { article_id: "y" })];
    await silver(...rows);
    await advance("USD_SGD", GOLD_VIEW);
    await silver(...rows);
    expect(await progressOf("USD_SGD", GOLD_VIEW)).toBe(built_until);
    await silver(rows[0]!, { ...rows[1]!, available_at: NOON + 7 * HOUR });
    expect(await progressOf("USD_SGD", GOLD_VIEW)).toBe(NOON + 5 * HOUR - 1);
    await silver({ ...rows[1]!, available_at: NOON + 2 * HOUR });
    expect(await progressOf("USD_SGD", GOLD_VIEW)).toBe(NOON + 2 * HOUR - 1);
  });

  it("a score lowers news_silver and not yet news_features", async () => {
    await advance("news", SILVER_VIEW);
    await advance("USD_SGD", GOLD_VIEW);
    await score(scoreOf(articleOf(NOON + HOUR)));
    expect([await progressOf("news", SILVER_VIEW), await progressOf("USD_SGD", GOLD_VIEW)]).toEqual([NOON + HOUR - 1, built_until]);
  });

  it("a build that began before the change may not advance, whatever the change's time", async () => {
    const since = await features.progress("USD_SGD", GOLD_VIEW);
    await silver(silverOf(NOON));
    expect(await advance("USD_SGD", GOLD_VIEW, since)).toBe(false);
    const again = await features.progress("USD_SGD", GOLD_VIEW);
    await silver(silverOf(NOON + 30 * MINUTE));
    expect(await advance("USD_SGD", GOLD_VIEW, again)).toBe(false);
    expect(await advance("USD_SGD", GOLD_VIEW)).toBe(true);
  });

  it("news does not hold up a build of market features, nor a score one of news_features", async () => {
    const market = { view: "market_features", schema_hash: "m" };
    const [since_market, since_gold] = [await features.progress("USD_SGD", market), await features.progress("USD_SGD", GOLD_VIEW)];
    await score(scoreOf(articleOf(NOON)));
    expect(await advance("USD_SGD", GOLD_VIEW, since_gold)).toBe(true);
    await silver(silverOf(NOON));
    expect(await advance("USD_SGD", market, since_market)).toBe(true);
  });
});

describe("the request for a rescoring", () => {
  it("is kept until it is replaced or withdrawn", async () => {
    const span = (start: Instant) => ({ start, end: start + HOUR });
    expect(await store.rescoreRequested()).toBeNull();
    await store.prepareRescoreRequest(span(NOON)).commit();
    await store.prepareRescoreRequest(span(NOON + 1)).commit();
    expect(await store.rescoreRequested()).toEqual(span(NOON + 1));
    await store.prepareRescoreRequest(null).commit();
    expect(await store.rescoreRequested()).toBeNull();
  });
});
