import { describe, expect, it } from "vitest";
import type { ArticleView } from "../../../../dashboards/web/src/pages/news/articleView.ts";
import { directionText, engineSentence, publishedText, sgdSentence } from "../../../../dashboards/web/src/pages/news/directionText.ts";
import { feedHealth } from "../../../../dashboards/web/src/pages/news/feedHealth.ts";
import { currenciesOf, filterArticles } from "../../../../dashboards/web/src/pages/news/filterArticles.ts";
import { newsInTime, stepOf } from "../../../../dashboards/web/src/pages/news/newsInTime.ts";
import { safeLink } from "../../../../dashboards/web/src/pages/news/safeLink.ts";
import { MAX_DAYS, spanOf } from "../../../../dashboards/web/src/pages/news/spanOf.ts";
import { DAY, HOUR, MINUTE, toIso } from "../../../../shared/domain/instant.ts";

const NOON = Date.UTC(2026, 10, 30, 12);

type Currencies = readonly (readonly [currency: string, relevance: number, direction: number])[];

function article(
  at: number,
  currencies: Currencies | null,
  fields: Partial<ArticleView> = {},
  duplicate_of: string | null = null,
): ArticleView {
  const reading =
    currencies === null
      ? null
      : {
          ...{ engine: "lexicon", sentiment_score: 0.4, confidence: 0.5, sgd_directional_signal: 0, duplicate_of },
          currencies: currencies.map(([currency, relevance, direction]) => ({ currency, relevance, direction })),
        };
  const base = { article_id: `${at}`, source: "wire", title: "Fed cuts rates", published_at: null, matched_terms: ["Fed"] };
  return { ...base, available_at: toIso(at), is_relevant: true, reading, ...fields };
}

describe("articles in time", () => {
  const of = (articles: readonly ArticleView[], measure: "direction" | "sentiment" = "direction") =>
    newsInTime(articles, { from: NOON, to: NOON + 2 * HOUR, step_ms: HOUR, currencies: ["SGD", "USD"], measure });

  it("are means by currency, weighted by relevance and confidence", () => {
    const [first, second] = of([
      article(NOON + MINUTE, [["SGD", 0.9, 1]]),
      article(NOON + 2 * MINUTE, [
        ["SGD", 0.1, -1],
        ["JPY", 1, 1],
      ]),
      article(NOON + HOUR, [["USD", 0.5, -0.25]]),
    ]);
    expect(first).toEqual({ start: NOON, articles: 2, means: [expect.closeTo(0.8, 12), null], counts: [2, 0] });
    expect(second).toEqual({ start: NOON + HOUR, articles: 1, means: [null, -0.25], counts: [0, 1] });
  });

  it("can be their sentiment, count what was not read, and leave out repeats and what lies outside", () => {
    const [first] = of(
      [
        article(NOON, [["SGD", 1, -1]]),
        article(NOON, null),
        article(NOON, [["SGD", 1, 1]], {}, "an earlier one"),
        article(NOON - 1, [["SGD", 1, 1]]),
        article(NOON + 2 * HOUR, [["SGD", 1, 1]]),
      ],
      "sentiment",
    );
    expect(first).toMatchObject({ articles: 2, means: [expect.closeTo(0.4, 12), null], counts: [1, 0] });
  });

  it.each([1, 3, 7, 31])("have at most forty steps in %i days", (days) => {
    expect((days * DAY) / stepOf(days * DAY)).toBeLessThanOrEqual(40);
  });
});

describe("a filter of articles", () => {
  const ALL = { words: "", source: "", engine: "", currency: "", legs: [] };
  const one = article(NOON, [["SGD", 1, 1]], { source: "ledger", title: "MAS <b>holds</b>", matched_terms: ["MAS"] });
  const other = article(NOON, [
    ["EUR", 1, 1],
    ["USD", 1, 1],
  ]);
  const unread = article(NOON, null);
  const found = (filter: Partial<Parameters<typeof filterArticles>[1]>) => filterArticles([one, other, unread], { ...ALL, ...filter });

  it("takes source, engine, currency, legs and words together", () => {
    expect(found({})).toHaveLength(3);
    expect(found({ source: "ledger" })).toEqual([one]);
    expect(found({ engine: "none" })).toEqual([unread]);
    expect(found({ engine: "lexicon", currency: "USD" })).toEqual([other]);
    expect(found({ legs: ["USD", "SGD"] })).toEqual([one, other]);
    expect(found({ words: "mas HOLDS" })).toEqual([one]);
    expect(found({ words: "mas euro" })).toEqual([]);
  });

  it("offers the currencies of most articles first", () => {
    expect(currenciesOf([other, other, one, unread])).toEqual(["EUR", "USD", "SGD"]);
  });
});

describe("the span of the address", () => {
  const now = NOON + 20 * MINUTE;

  it.each([
    ["so many days until the end of the hour", { from: null, to: null }, NOON + HOUR - 7 * DAY, null, false],
    ["so many days until `to`", { from: null, to: NOON - DAY }, NOON - 8 * DAY, NOON - DAY, false],
    ["from and to", { from: NOON - 2 * DAY, to: NOON - DAY }, NOON - 2 * DAY, NOON - DAY, false],
    ["until now, where `to` has not come", { from: null, to: NOON + DAY }, NOON + HOUR - 7 * DAY, null, false],
    ["the usual, where it ends before it begins", { from: NOON, to: NOON - DAY }, NOON - 8 * DAY, NOON - DAY, true],
    ["as much as one answer holds", { from: NOON - 90 * DAY, to: NOON }, NOON - MAX_DAYS * DAY, NOON, true],
  ])("is %s", (_name, { from, to }, begins, ends, has_problem) => {
    const span = spanOf({ from, to, days: 7 }, now);
    expect([span.from, span.to, span.problem !== null]).toEqual([begins, ends, has_problem]);
  });

  it("is never longer than the server takes", () => {
    const { from } = spanOf({ from: null, to: null, days: MAX_DAYS }, now);
    expect(now - from).toBeLessThanOrEqual(MAX_DAYS * DAY);
  });
});

describe("the address of an article", () => {
  it.each([
    ["https://news.example/a?b=c", "https://news.example/a?b=c"],
    ["http://news.example/", "http://news.example/"],
    ["javascript:alert(1)", null],
    [" JaVaScRiPt:alert(1)", null],
    ["data:text/html,<script>alert(1)</script>", null],
    ["not an address", null],
    [null, null],
  ])("%s is a link only to a page of the web", (url, href) => {
    expect(safeLink(url)).toBe(href);
  });
});

describe("what is said", () => {
  it("of a direction: positive is a stronger Singapore dollar and a lower USD_SGD", () => {
    expect(sgdSentence(0.4)).toBe("the Singapore dollar strengthens, USD_SGD falls");
    expect(sgdSentence(-0.4)).toBe("the Singapore dollar weakens, USD_SGD rises");
    expect(sgdSentence(0)).toBe("no direction for the Singapore dollar");
    expect([0.4, -0.4, 0].map((direction) => directionText(direction).sign)).toEqual(["▲", "▼", "■"]);
  });

  it("of engines: that the lexicon stood in for FinGPT", () => {
    const by = (...engines: readonly (string | null)[]) => engines.map((engine) => ({ reading: engine === null ? null : { engine } }));
    expect(engineSentence(by(null))).toBeNull();
    expect(engineSentence(by("lexicon", null))).toMatch(/^All readings here \(1\) are by the lexicon, .* FinGPT.* was not there\.$/);
    expect(engineSentence(by("fingpt", "fingpt"))).toBe("All readings here (2) are by FinGPT.");
    expect(engineSentence(by("fingpt", "lexicon", "lexicon"))).toMatch(/^Of 3 readings 1 is by FinGPT, and 2 by the lexicon/);
  });

  it("of when an article was published", () => {
    expect(publishedText(toIso(NOON - 8 * MINUTE), null, toIso(NOON))).toBe("published 8 min before");
    expect(publishedText(toIso(NOON), null, toIso(NOON))).toBe("published then");
    expect(publishedText(null, "a zone that may be several", toIso(NOON))).toBe("a zone that may be several");
    expect(publishedText(null, null, toIso(NOON))).toBe("not dated");
  });

  it.each([
    ["wait", { last_fetched_at: null, last_success_at: null, last_status: null, last_error: null }],
    ["good", { last_fetched_at: "t", last_success_at: "t", last_status: 304, last_error: null }],
    ["warn", { last_fetched_at: "t", last_success_at: "t", last_status: 503, last_error: { code: "c", message: "it answered 503" } }],
    ["bad", { last_fetched_at: "t", last_success_at: null, last_status: 0, last_error: { code: "c", message: "it did not answer" } }],
  ] as const)("of a feed whose state is %s", (tone, feed) => {
    const health = feedHealth(feed);
    expect(health.tone).toBe(tone);
    expect(health.sentence).toContain(feed.last_error?.message ?? (tone === "wait" ? "next run" : "nothing new"));
  });
});
