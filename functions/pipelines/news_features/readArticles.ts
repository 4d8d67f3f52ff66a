import { type ArticleSentiment, MAX_SENTIMENT_CHARACTERS } from "../../../shared/contracts/sentiment.ts";
import { type Article, textOf } from "../../../shared/domain/article.ts";
import type { MarketContext } from "../../../shared/domain/marketContext.ts";
import { readWithLexicon } from "../../../shared/news/lexicon/readWithLexicon.ts";
import type { SentimentScorer } from "../../../shared/ports/sentimentScorer.ts";
import type { ArticleScore } from "../../../shared/ports/sentimentStore.ts";

export interface ReadArticle {
  readonly article: Article;
  readonly market: MarketContext | null;
}

/** The lexicon's reading, here in the Worker. */
export function readHere({ article, market }: ReadArticle): ArticleScore {
  const { sentiment_score, probabilities, confidence } = readWithLexicon(wordsOf(article));
  return {
    article_id: article.article_id,
    available_at: article.available_at,
    engine: "lexicon",
    model: null,
    sentiment_score,
    ...columnsOf(probabilities),
    confidence,
    label_mass: null,
    truncated: false,
    market,
  };
}

export interface SidecarReading {
  readonly scores: readonly ArticleScore[];
  /** Time that the sidecar spent. */
  readonly ms: number;
}

/**
 * The sidecar's reading of at most 64 articles. An article without a word is not sent: there is nothing to read in it. Throws
 * sidecar_unavailable after the adapter's retries, and queue_full.
 */
export async function readOnSidecar(scorer: SentimentScorer, batch: readonly ReadArticle[]): Promise<SidecarReading> {
  const sent = batch.filter(({ article }) => wordsOf(article) !== "");
  const request = sent.map(({ article, market }) => ({ id: article.article_id, text: wordsOf(article), market }));
  const { results, model } = sent.length > 0 ? await scorer.score(request) : { results: [], model: null };
  const found = new Map(results.map((result) => [result.id, result]));
  const scores = batch.map((one) => {
    const result = found.get(one.article.article_id);
    return result ? toScore(one, result, model) : readHere(one);
  });
  return { scores, ms: results.reduce((sum, result) => sum + result.ms, 0) };
}

function toScore({ article, market }: ReadArticle, result: ArticleSentiment, model: string | null): ArticleScore {
  return {
    article_id: article.article_id,
    available_at: article.available_at,
    engine: result.engine,
    model: result.engine === "fingpt" ? model : null,
    sentiment_score: result.sentiment_score,
    ...columnsOf(result.probabilities),
    confidence: result.confidence,
    label_mass: result.label_mass,
    truncated: result.truncated,
    market,
  };
}

function columnsOf({ positive, neutral, negative }: ArticleSentiment["probabilities"]) {
  return { p_positive: positive, p_neutral: neutral, p_negative: negative };
}

function wordsOf(article: Article): string {
  return textOf(article).slice(0, MAX_SENTIMENT_CHARACTERS);
}
