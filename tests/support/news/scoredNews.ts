import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { articles } from "../../../functions/adapters/libsql/schema/news.ts";
import type { Article } from "../../../shared/domain/article.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { CurrencyView, SilverArticle } from "../../../shared/news/silverArticle.ts";
import type { ArticleScore } from "../../../shared/ports/sentimentStore.ts";

/** An article known at `available_at`; its id is made from its title unless given. */
export function articleOf(available_at: Instant, change: Partial<Article> = {}): Article {
  const title = change.title ?? `The Singapore dollar at ${available_at}`;
  const article_id = change.article_id ?? `id of ${title}`;
  const url = `https://news.example/${encodeURIComponent(article_id)}`;
  return {
    article_id,
    source: "reuters",
    url,
    canonical_url: url,
    title,
    summary: "",
    body: "",
    text_source: "title",
    access: "not_fetched",
    language: "en",
    published_at: available_at,
    published_raw: null,
    published_problem: null,
    first_seen_at: available_at,
    available_at,
    content_hash: article_id,
    simhash: simhashOf(article_id),
    relevance: 1,
    matched_terms: ["SGD"],
    is_relevant: true,
    ...change,
  };
}

/** FNV-1a over 64 bits: far from that of any other text, as a hash of unlike articles is. */
function simhashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}

export function scoreOf(article: Pick<Article, "article_id" | "available_at">, change: Partial<ArticleScore> = {}): ArticleScore {
  return {
    article_id: article.article_id,
    available_at: article.available_at,
    engine: "lexicon",
    model: null,
    sentiment_score: 0.5,
    p_positive: 0.625,
    p_neutral: 0.25,
    p_negative: 0.125,
    confidence: 0.5,
    label_mass: null,
    truncated: false,
    market: null,
    ...change,
  };
}

/** A view of one currency, wholly about it. */
export function currencyView(currency: string, direction: number, relevance = 1): CurrencyView {
  return { currency, mentions: 1, relevance, direction };
}

let silver_ids = 0;

export function silverOf(available_at: Instant, change: Partial<SilverArticle> = {}): SilverArticle {
  return {
    article_id: `silver ${++silver_ids}`,
    available_at,
    duplicate_of: null,
    engine: "fingpt",
    sentiment_score: 0.5,
    p_positive: 0.625,
    p_neutral: 0.25,
    p_negative: 0.125,
    confidence: 0.75,
    label_mass: 0.5,
    relevance: 1,
    sgd_directional_signal: -0.5,
    policy: null,
    market_coherence: null,
    signal_strength_adjusted: 0.25,
    currencies: [currencyView("USD", 0.5)],
    central_banks: [],
    countries: [],
    organisations: [],
    topics: ["other"],
    ...change,
  };
}

/** As the article store's first write of each would leave them. */
export async function storeArticles(database: Database, given: readonly Article[]): Promise<void> {
  for (let at = 0; at < given.length; at += 500) {
    const rows = given.slice(at, at + 500).map((article) => ({
      ...article,
      is_relevant: article.is_relevant ? 1 : 0,
      object_key: "test",
      ingested_at: article.available_at,
    }));
    await database.insert(articles).values(rows);
  }
}
