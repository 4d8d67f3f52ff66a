import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildNewsGold } from "../../functions/pipelines/news_features/buildNewsGold.ts";
import { buildNewsSilver } from "../../functions/pipelines/news_features/buildNewsSilver.ts";
import { scoreArticles } from "../../functions/pipelines/news_features/scoreArticles.ts";
import { HOUR, type Instant, MINUTE } from "../../shared/domain/instant.ts";
import { buildNewsRows, computeNewsRow } from "../../shared/features/news/buildNewsRows.ts";
import { toNewsSeries } from "../../shared/features/news/newsSeries.ts";
import { NEWS_FEATURES } from "../../shared/features/news/newsView.ts";
import { createNewsWindow } from "../../shared/features/news/newsWindow.ts";
import { referenceOf } from "../../shared/features/viewSchema.ts";
import type { SilverArticle } from "../../shared/news/silverArticle.ts";
import { runSlices } from "../support/engine/stepContext.ts";
import { articleOf, silverOf, storeArticles } from "../support/news/scoredNews.ts";
import { createFakeScorer } from "../support/ports/fakeScorer.ts";
import { createTestPorts } from "../support/ports/testPorts.ts";

/** Rows of news see what was known by their event time, and nothing that became known later. */

const START = Date.UTC(2025, 5, 25);
const SPAN = { start: START, end: START + 72 * HOUR };
const PAIRS = ["USD_SGD", "EUR_USD", "SGD_JPY"];

describe("an article on its way through the pipeline", () => {
  const published_at = START + 10 * HOUR;

  /** All news rows of the span, from an article that was published at ten and first seen so many hours later. */
  async function rowsWhenSeen(hours_later: number) {
    const first_seen_at = published_at + hours_later * HOUR;
    const ports = await createTestPorts({ now: SPAN.end, sentiment: createFakeScorer("no model") });
    const title = "Singapore dollar jumps after MAS tightens policy";
    const known = { published_at, first_seen_at, available_at: Math.max(published_at, first_seen_at) };
    await storeArticles(ports.database, [
      articleOf(START, { title: "US dollar slips on weak payrolls" }),
      articleOf(known.available_at, { ...known, title }),
    ]);
    for (const step of [scoreArticles, buildNewsSilver]) await runSlices(step, ports, { window: SPAN, map_key: "" });
    await runSlices(buildNewsGold, ports, { window: SPAN });
    const rows = await ports.features.read("USD_SGD", referenceOf(NEWS_FEATURES), SPAN, SPAN.end);
    return rows.map((row) => ({ event_time: row.event_time, values: Array.from(row.values, String).join(" ") }));
  }

  it("is in the rows from its knowledge time on; first seen five hours later, it is in none of before", async () => {
    const [at_once, later, never] = [await rowsWhenSeen(0), await rowsWhenSeen(5), await rowsWhenSeen(1_000)];
    const differing = (rows: typeof at_once) =>
      rows.filter((row, i) => row.values !== never[i]!.values).map(({ event_time }) => event_time);
    expect(differing(at_once)[0]).toBe(published_at);
    expect(differing(later)[0]).toBe(published_at + 5 * HOUR);
    expect(at_once).toHaveLength(72);
  });
});

const score = fc.double({ min: -1, max: 1, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const view = fc.record({
  currency: fc.constantFrom("USD", "SGD", "EUR", "JPY"),
  mentions: fc.constant(1),
  relevance: share,
  direction: score,
});

/** Articles of any kind, on the minute and so often on the very hour, some of them before the span. */
const anyArticle: fc.Arbitrary<SilverArticle> = fc
  .record({
    minute: fc.oneof(
      fc.integer({ min: -30 * 60, max: 72 * 60 }),
      fc.integer({ min: -30, max: 72 }).map((hour) => hour * 60),
    ),
    engine: fc.constantFrom("fingpt" as const, "lexicon" as const),
    sentiment_score: score,
    confidence: share,
    sgd_directional_signal: score,
    market_coherence: fc.option(score),
    duplicate_of: fc.option(fc.constant("earlier"), { freq: 8 }),
    policy: fc.option(
      fc.record({
        bank: fc.constant("bank"),
        currency: fc.constantFrom("USD", "SGD", "EUR"),
        stance: fc.constantFrom("hawkish" as const, "neutral" as const, "dovish" as const),
      }),
    ),
    currencies: fc.uniqueArray(view, { maxLength: 3, selector: (one) => one.currency }),
  })
  .map(({ minute, ...rest }) => silverOf(START + minute * MINUTE, rest));

const anyNews = fc.array(anyArticle, { maxLength: 40 }).map(ascending);

function ascending(articles: readonly SilverArticle[]): SilverArticle[] {
  return articles.toSorted((a, b) => a.available_at - b.available_at);
}

function rowsOf(instrument: string, articles: readonly SilverArticle[], window = SPAN) {
  return buildNewsRows(NEWS_FEATURES, toNewsSeries(instrument, articles), window);
}

/** Rows up to a moment, as texts that tell -0 from 0 and null from NaN apart. */
function known(instrument: string, articles: readonly SilverArticle[], until: Instant): string[] {
  return rowsOf(instrument, articles, { ...SPAN, end: until }).map((row) => Array.from(row.values, String).join(" "));
}

const pair = fc.constantFrom(...PAIRS);
const moment = fc.integer({ min: 0, max: 72 }).map((hour) => START + hour * HOUR);
const RUNS = { numRuns: 150, seed: 4 };

describe("rows of news", () => {
  it("up to any moment are the same whatever becomes known after it", () => {
    fc.assert(
      fc.property(pair, anyNews, anyNews, moment, (instrument, news, other, at) => {
        const past = news.filter((article) => article.available_at <= at);
        const future = other.filter((article) => article.available_at > at);
        expect(known(instrument, ascending([...past, ...future]), at)).toEqual(known(instrument, news, at));
      }),
      RUNS,
    );
  });

  it("an article that was first seen later is in no row before that, and in those after as if it were new", () => {
    fc.assert(
      fc.property(pair, anyNews, anyArticle, fc.integer({ min: 1, max: 30 * 60 }), (instrument, news, article, minutes) => {
        const moved = { ...article, available_at: article.available_at + minutes * MINUTE };
        const without = known(instrument, news, moved.available_at - 1);
        expect(known(instrument, ascending([...news, moved]), moved.available_at - 1)).toEqual(without);
      }),
      RUNS,
    );
  });

  it("an article a minute before the row is seen by it, and one a minute after is not", () => {
    const at = START + 10 * HOUR;
    const rowAt = (available_at: Instant) => rowsOf("USD_SGD", [silverOf(available_at)]).find((row) => row.event_time === at)!;
    expect(rowAt(at - MINUTE).values[0]).not.toBeNaN();
    expect(rowAt(at + MINUTE).values[0]).toBeNaN();
  });

  it("are one for every hour, known at that hour", () => {
    fc.assert(
      fc.property(pair, anyNews, (instrument, news) => {
        const rows = rowsOf(instrument, news);
        expect(rows.map((row) => row.event_time)).toEqual(Array.from({ length: 72 }, (_, hour) => START + (hour + 1) * HOUR));
        expect(rows.every((row) => row.created_time === row.event_time && row.available_at === row.event_time)).toBe(true);
      }),
      { numRuns: 20, seed: 4 },
    );
  });

  it("built in one pass are those computed one by one, and depend on 25 hours of news alone", () => {
    fc.assert(
      fc.property(pair, anyNews, (instrument, news) => {
        for (const row of rowsOf(instrument, news)) {
          const recent = news.filter((article) => article.available_at > row.event_time - 25 * HOUR);
          const window = createNewsWindow(toNewsSeries(instrument, recent), row.event_time, NEWS_FEATURES.lookback_hours);
          expect(computeNewsRow(NEWS_FEATURES, window)).toEqual(row.values);
        }
      }),
      { numRuns: 40, seed: 4 },
    );
  });

  it("each feature depends on its own lookback and on nothing before it", () => {
    fc.assert(
      fc.property(pair, anyNews, moment, (instrument, news, at) => {
        const whole = createNewsWindow(toNewsSeries(instrument, news), at, NEWS_FEATURES.lookback_hours);
        for (const feature of NEWS_FEATURES.features) {
          const within = news.filter((article) => article.available_at > at - feature.lookback_bars * HOUR);
          const bounded = createNewsWindow(toNewsSeries(instrument, within), at, feature.lookback_bars);
          expect(feature.compute(bounded), feature.name).toBe(feature.compute(whole));
        }
      }),
      RUNS,
    );
  });

  it("lags in a row are the values of the row before, to the bit", () => {
    fc.assert(
      fc.property(pair, anyNews, (instrument, news) => {
        const rows = rowsOf(instrument, news);
        const position = (name: string) => NEWS_FEATURES.features.findIndex((feature) => feature.name === name);
        for (const name of ["sentiment_score", "sgd_directional_signal"]) {
          const [now, lag] = [position(name), position(`${name}_lag_1`)];
          for (let i = 1; i < rows.length; i++) expect(rows[i]!.values[lag]).toBe(rows[i - 1]!.values[now]);
        }
      }),
      RUNS,
    );
  });

  it("stay within what their units allow", () => {
    const range: Partial<Record<string, readonly [number, number]>> = {
      signed_score: [-1, 1],
      fraction_0_1: [0, 1],
      minutes: [0, 24 * 60],
      articles: [0, 40],
    };
    fc.assert(
      fc.property(pair, anyNews, (instrument, news) => {
        for (const { values } of rowsOf(instrument, news)) {
          for (const [i, feature] of NEWS_FEATURES.features.entries()) {
            if (Number.isNaN(values[i]!)) continue;
            // The difference of two scores.
            const [low, high] = feature.name === "sentiment_momentum" ? [-2, 2] : range[feature.unit]!;
            expect(values[i], feature.name).toBeGreaterThanOrEqual(low - 1e-12);
            expect(values[i], feature.name).toBeLessThanOrEqual(high + 1e-12);
          }
        }
      }),
      { numRuns: 50, seed: 4 },
    );
  });
});
