import type { Article } from "../../../shared/domain/article.ts";
import type { MarketContext } from "../../../shared/domain/marketContext.ts";
import { interpretArticle } from "../../../shared/news/interpretArticle.ts";
import { readWithLexicon } from "../../../shared/news/lexicon/readWithLexicon.ts";
import { relevanceOf } from "../../../shared/news/relevance.ts";

/** When the articles of `interpret` were published and first seen. */
export const TIME = Date.UTC(2026, 0, 7);

function articleOf(title: string, body = ""): Article {
  return {
    article_id: "a".repeat(32),
    source: "reuters",
    url: "https://news.example/a",
    canonical_url: "https://news.example/a",
    title,
    summary: "",
    body,
    text_source: body === "" ? "title" : "page",
    access: "open",
    language: "en",
    published_at: TIME,
    published_raw: null,
    published_problem: null,
    first_seen_at: TIME,
    available_at: TIME,
    content_hash: "0".repeat(64),
    simhash: "0".repeat(16),
    ...relevanceOf({ title, text: body }),
  };
}

/** Silver of an article with these words, read by the lexicon. */
export function interpret(title: string, { body = "", market = null }: { body?: string; market?: MarketContext | null } = {}) {
  const { sentiment_score, probabilities, confidence } = readWithLexicon(`${title}\n${body}`);
  const { positive: p_positive, neutral: p_neutral, negative: p_negative } = probabilities;
  const read = { engine: "lexicon", model: null, sentiment_score, p_positive, p_neutral, p_negative, confidence } as const;
  const score = { article_id: "a".repeat(32), available_at: TIME, ...read, label_mass: null, truncated: false, market };
  return interpretArticle({ article: articleOf(title, body), score });
}
