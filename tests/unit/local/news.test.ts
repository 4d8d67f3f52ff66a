import { describe, expect, it } from "vitest";
import { renderNews } from "../../../functions/local/commands/news.ts";
import { signed } from "../../../functions/local/text/signed.ts";
import type { NewsArticleView } from "../../../shared/contracts/news.ts";

type Reading = NonNullable<NewsArticleView["reading"]>;
const READING: Reading = {
  engine: "lexicon",
  sentiment_score: -0.651,
  confidence: 0.2,
  sgd_directional_signal: 0,
  policy: null,
  market_coherence: null,
  topics: ["policy", "inflation"],
  currencies: [],
  duplicate_of: null,
};

function articleOf(over: Partial<NewsArticleView> = {}, reading: Partial<Reading> | null = {}): NewsArticleView {
  const times = {
    published_raw: null,
    published_problem: null,
    published_at: null,
    first_seen_at: "2025-06-24T12:30:00Z",
    available_at: "2025-06-24T12:30:00Z",
  };
  const text = { title: "Prices rise less than feared", language: "en", text_source: "feed", access: "not_fetched" };
  const found = { relevance: 1, matched_terms: [], is_relevant: true, reading: reading && { ...READING, ...reading } };
  return { article_id: "a", source: "lion_ledger", url: "https://a.example/1", ...text, ...times, ...found, ...over };
}

describe("fx news", () => {
  it("says of each article how it was read, by whom and about what", () => {
    expect(renderNews([articleOf()], 1)).toBe(
      [
        "2025-06-24T12:30:00Z  lion_ledger",
        "  Prices rise less than feared",
        "  sentiment -0.65, SGD 0.00, confidence 0.20",
        "  read by the lexicon; about policy and inflation",
      ].join("\n"),
    );
  });

  it.each([
    [articleOf({}, { engine: "fingpt", topics: ["other"], duplicate_of: "b" }), /read by FinGPT; repeats an earlier one$/],
    [articleOf({}, null), /not read yet$/],
    [articleOf({ is_relevant: false }), /not about the traded currencies$/],
    [articleOf({ access: "paywall" }), /lion_ledger {2}\(paywall\)/],
  ])("case %#", (article, words) => {
    expect(renderNews([article], 1)).toMatch(words);
  });

  it("keeps within 80 columns and says how many more there are", () => {
    const long = articleOf(
      { title: "word ".repeat(60).trim() },
      { topics: ["policy", "inflation", "growth", "jobs", "trade", "risk", "energy"] },
    );
    const text = renderNews([long], 40);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toMatch(/1 of 40 articles of the last day$/);
  });

  it.each([
    [0.004, "0.00"],
    [-0.004, "0.00"],
    [0.25, "+0.25"],
    [-1, "-1.00"],
  ])("%d is %s", (value, text) => {
    expect(signed(value)).toBe(text);
  });
});
