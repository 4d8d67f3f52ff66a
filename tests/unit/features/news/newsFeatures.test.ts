import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../../../shared/domain/instant.ts";
import { joinNewsSeries, toNewsSeries } from "../../../../shared/features/news/newsSeries.ts";
import { NEWS_FEATURES } from "../../../../shared/features/news/newsView.ts";
import { createNewsWindow } from "../../../../shared/features/news/newsWindow.ts";
import type { SilverArticle } from "../../../../shared/news/silverArticle.ts";
import { currencyView, silverOf } from "../../../support/news/scoredNews.ts";

const NOON = Date.UTC(2025, 5, 25, 12);

/** Every feature at noon, by name. */
function featuresOf(instrument: string, articles: readonly SilverArticle[], at = NOON): Record<string, number | null> {
  const series = toNewsSeries(
    instrument,
    articles.toSorted((a, b) => a.available_at - b.available_at),
  );
  const window = createNewsWindow(series, at, NEWS_FEATURES.lookback_hours);
  return Object.fromEntries(NEWS_FEATURES.features.map((feature) => [feature.name, feature.compute(window)]));
}

/** The Fed is hawkish, at noon; the MAS too, twelve hours before; and one article on both currencies, three hours before. */
const FED = silverOf(NOON, {
  sentiment_score: 0.5,
  confidence: 0.75,
  sgd_directional_signal: -0.4,
  policy: { bank: "FED", currency: "USD", stance: "hawkish" },
  currencies: [currencyView("USD", 0.6, 0.8)],
  market_coherence: 0.2,
});
const MAS = silverOf(NOON - 12 * HOUR, {
  sentiment_score: 0.8,
  confidence: 0.5,
  sgd_directional_signal: 0.9,
  policy: { bank: "MAS", currency: "SGD", stance: "hawkish" },
  currencies: [currencyView("SGD", 0.9, 1)],
});
const BOTH = silverOf(NOON - 3 * HOUR, {
  engine: "lexicon",
  sentiment_score: -0.3,
  confidence: 0.45,
  sgd_directional_signal: 0.1,
  currencies: [currencyView("USD", -0.7, 0.9), currencyView("SGD", 0.6, 0.3)],
  market_coherence: -0.6,
});

describe("of a pair with news on both legs", () => {
  const found = featuresOf("USD_SGD", [FED, MAS, BOTH]);
  // confidence x relevance x exp(-age / 24), once a leg.
  const fed = 0.75 * 0.8;
  const mas = 0.5 * 1 * Math.exp(-12 / 24);
  const [both_usd, both_sgd] = [0.45 * 0.9 * Math.exp(-3 / 24), 0.45 * 0.3 * Math.exp(-3 / 24)];
  const both = both_usd + both_sgd;
  const total = fed + mas + both;
  // Good news for the base counts up, for the quote down.
  const sentiment = (fed * 0.5 - mas * 0.8 + both_usd * -0.3 - both_sgd * -0.3) / total;
  // The last one's -0.7 - 0.6 is clipped to -1.
  const direction = (fed * 0.6 - mas * 0.9 - both) / total;

  it.each([
    ["sentiment_score", sentiment],
    ["sgd_directional_signal", (fed * -0.4 + mas * 0.9 + both * 0.1) / total],
    ["pair_directional_signal", direction],
    ["confidence", (fed * 0.75 + mas * 0.5 + both * 0.45) / total],
    ["recent_sentiment_6h", (fed * 0.5 + both_usd * -0.3 - both_sgd * -0.3) / (fed + both)],
    ["recent_pair_directional_6h", (fed * 0.6 - both) / (fed + both)],
    ["sentiment_momentum", (fed * 0.5 + both_usd * -0.3 - both_sgd * -0.3) / (fed + both) - sentiment],
    ["article_count_6h", 2],
    ["article_count_24h", 3],
    // 0.75 of FinGPT, and the lexicon's 0.45, which is 0.75 of its cap; FinGPT's 0.5 is not.
    ["high_confidence_count", 2],
    // The MAS and the article on both (whose dollar part is the greater) are bad for the pair.
    ["consensus", (mas + both) / total],
    ["policy_hawkish_share", fed / total],
    ["policy_dovish_share", mas / total],
    ["market_coherence", (fed * 0.2 + both * -0.6) / (fed + both)],
    ["signal_strength", Math.abs(direction)],
    ["minutes_since_latest", 0],
  ])("%s by hand", (name, expected) => {
    expect(found[name]).toBeCloseTo(expected, 12);
  });

  it("signal_quality and signal_strength_adjusted by hand", () => {
    const quality = 0.4 * Math.abs(direction) + 0.3 * ((mas + both) / total) + 0.2 * (Math.abs(fed - mas) / total) + 0.1 * 0.3;
    expect(found["signal_quality"]).toBeCloseTo(quality, 12);
    expect(found["signal_strength_adjusted"]).toBeCloseTo(Math.abs(direction) * quality, 12);
  });

  it("the lags are what the features were an hour earlier, without the article of noon", () => {
    const earlier = featuresOf("USD_SGD", [MAS, BOTH], NOON - HOUR);
    expect(found["sentiment_score_lag_1"]).toBe(earlier["sentiment_score"]);
    expect(found["sgd_directional_signal_lag_1"]).toBe(earlier["sgd_directional_signal"]);
    expect(found["sentiment_score_lag_1"]).not.toBeNull();
  });
});

describe("signs", () => {
  const rising = { sentiment_score: 0.5, sgd_directional_signal: 0.75 };
  const sgd = silverOf(NOON, { ...rising, currencies: [currencyView("SGD", 0.75)] });

  it.each([
    ["USD_SGD", -1],
    ["SGD_JPY", 1],
  ])("a stronger Singapore dollar in the rows of %s", (instrument, sign) => {
    const found = featuresOf(instrument, [sgd]);
    expect(found["pair_directional_signal"]).toBe(sign * 0.75);
    expect(found["sentiment_score"]).toBe(sign * 0.5);
    expect(found["sgd_directional_signal"]).toBe(0.75);
  });

  it("news of a pair without it: a stronger euro lifts EUR_USD", () => {
    const euro = silverOf(NOON, { sgd_directional_signal: 0, currencies: [currencyView("EUR", 0.5)] });
    expect(featuresOf("EUR_USD", [euro])).toMatchObject({ pair_directional_signal: 0.5, sgd_directional_signal: 0, article_count_24h: 1 });
  });

  it("dovish of the quote's bank is hawkish for the pair; a bank of neither leg is neither", () => {
    const policy = (currency: string, stance: "hawkish" | "dovish") =>
      silverOf(NOON, { policy: { bank: "bank", currency, stance }, currencies: [currencyView("USD", 0)] });
    expect(featuresOf("USD_SGD", [policy("SGD", "dovish")])).toMatchObject({ policy_hawkish_share: 1, policy_dovish_share: 0 });
    expect(featuresOf("USD_SGD", [policy("EUR", "dovish")])).toMatchObject({ policy_hawkish_share: 0, policy_dovish_share: 0 });
  });
});

describe("without news", () => {
  it("counts are 0, and everything else is null", () => {
    const found = featuresOf("USD_SGD", []);
    const counts = NEWS_FEATURES.features.filter((feature) => feature.unit === "articles").map((feature) => feature.name);
    expect(counts).toEqual(["article_count_6h", "article_count_24h", "high_confidence_count"]);
    for (const [name, value] of Object.entries(found)) expect(value, name).toBe(counts.includes(name) ? 0 : null);
  });

  it.each([
    ["a duplicate", { duplicate_of: "other" }],
    ["an article about other currencies", { currencies: [currencyView("EUR", 1), currencyView("JPY", -1)] }],
    ["one without relevance to a leg", { currencies: [currencyView("USD", 1, 0)] }],
  ])("%s counts nowhere", (_name, change) => {
    expect(featuresOf("USD_SGD", [silverOf(NOON, change)])).toEqual(featuresOf("USD_SGD", []));
  });

  it("there is no momentum without news in six hours, though there was some before", () => {
    const found = featuresOf("USD_SGD", [MAS]);
    expect(found["sentiment_score"]).not.toBeNull();
    expect([found["recent_sentiment_6h"], found["sentiment_momentum"]]).toEqual([null, null]);
  });

  it("neutral articles agree with neither side", () => {
    const neutral = silverOf(NOON, { ...FED, sentiment_score: 0 });
    expect(featuresOf("USD_SGD", [FED, neutral])["consensus"]).toBeCloseTo(0.5, 12);
    expect(featuresOf("USD_SGD", [neutral])["consensus"]).toBe(0);
  });

  it("an article of which nothing could be made counts as one, and says nothing", () => {
    expect(featuresOf("USD_SGD", [silverOf(NOON - MINUTE, { confidence: 0 })])).toMatchObject({
      article_count_24h: 1,
      sentiment_score: null,
      signal_quality: null,
      minutes_since_latest: 1,
    });
  });
});

describe("where the window ends", () => {
  it.each([
    ["known at the row's time", 0, 1, 1],
    ["known a millisecond later", 1, 0, 0],
    ["just under 6 hours old", -6 * HOUR + 1, 1, 1],
    ["6 hours old", -6 * HOUR, 0, 1],
    ["just under 24 hours old", -24 * HOUR + 1, 0, 1],
    ["24 hours old", -24 * HOUR, 0, 0],
  ])("an article %s", (_name, offset_ms, recent, whole) => {
    expect(featuresOf("USD_SGD", [silverOf(NOON + offset_ms)])).toMatchObject({ article_count_6h: recent, article_count_24h: whole });
  });

  it("the lag reaches back to the 25th hour, and no feature further", () => {
    const at = (offset_ms: number) => featuresOf("USD_SGD", [silverOf(NOON + offset_ms)]);
    expect(at(-25 * HOUR + 1)["sentiment_score_lag_1"]).not.toBeNull();
    expect(at(-25 * HOUR)).toEqual(featuresOf("USD_SGD", []));
    expect(NEWS_FEATURES.lookback_hours).toBe(25);
  });
});

describe("high confidence", () => {
  it.each([
    ["fingpt", 0.7, 1],
    ["fingpt", 0.699, 0],
    ["lexicon", 0.42, 1],
    ["lexicon", 0.419, 0],
  ] as const)("of %s at %d", (engine, confidence, expected) => {
    expect(featuresOf("USD_SGD", [silverOf(NOON, { engine, confidence })])["high_confidence_count"]).toBe(expected);
  });
});

describe("the view", () => {
  it("describes every feature, signed ones with their sign", () => {
    for (const { name, unit, description, version } of NEWS_FEATURES.features) {
      expect(version, name).toBeGreaterThanOrEqual(1);
      expect(description.length, name).toBeGreaterThan(20);
      if (unit === "signed_score" && !name.includes("lag") && !name.includes("recent_sentiment"))
        expect(description, name).toMatch(/positive|Positive/);
    }
  });

  it("has the schema that stored rows are of", () => {
    expect([NEWS_FEATURES.name, NEWS_FEATURES.ttl_ms, NEWS_FEATURES.market_hours]).toEqual(["news_features", 6 * HOUR, false]);
    expect(NEWS_FEATURES.features).toHaveLength(20);
  });

  it("refuses articles that do not ascend", () => {
    expect(() => toNewsSeries("USD_SGD", [silverOf(NOON), silverOf(NOON - 1)])).toThrow(/ascend/);
    expect(toNewsSeries("USD_SGD", [silverOf(NOON), silverOf(NOON)]).available_at).toHaveLength(2);
  });
});

it("a series of parts is the series of all articles, wherever it is cut", () => {
  const articles = [BOTH, FED].map((article, i) => ({ ...article, article_id: String(i) }));
  const all = [{ ...MAS, article_id: "m" }, ...articles];
  const part = (from: number, to: number) => toNewsSeries("USD_SGD", all.slice(from, to));
  for (const cut of [0, 1, 2, 3]) expect(joinNewsSeries("USD_SGD", [part(0, cut), part(cut, 3)])).toEqual(part(0, 3));
  expect(joinNewsSeries("USD_SGD", [])).toEqual(toNewsSeries("USD_SGD", []));
});
