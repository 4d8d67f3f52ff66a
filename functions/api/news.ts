import {
  listArticles,
  listNewsSources,
  MAX_NEWS_SPAN_MS,
  type NewsArticleView,
  type NewsSourceStateView,
  readArticle,
} from "../../shared/contracts/news.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { Article } from "../../shared/domain/article.ts";
import { DAY, type Instant, toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import type { NewsSource } from "../../shared/domain/newsSource.ts";
import { AppError } from "../../shared/errors.ts";
import type { SilverArticle } from "../../shared/news/silverArticle.ts";
import type { ArticleStore } from "../../shared/ports/articleStore.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { FeedState, NewsFeeds } from "../../shared/ports/newsFeeds.ts";
import type { SentimentStore } from "../../shared/ports/sentimentStore.ts";

const MAX_ARTICLES = 5_000;

export interface NewsRouteOptions {
  readonly clock: Clock;
  readonly articles: ArticleStore;
  readonly sentiments: SentimentStore;
  readonly news_feeds: NewsFeeds;
  readonly config: { readonly news_sources: readonly NewsSource[] };
}

/** What was read of late, by knowledge time, and how each source answered. */
export function newsRoutes(options: NewsRouteOptions): MountedRoute[] {
  return [
    handle(listArticles, async ({ query }) => {
      const until = query.until ?? options.clock.now();
      const window = { start: query.since ?? until - DAY, end: until };
      requireSpan(window);
      const [articles, silver] = await Promise.all([
        options.articles.read(window, { relevant_only: query.relevant === "true", limit: MAX_ARTICLES }),
        options.sentiments.silver(window),
      ]);
      const readings = new Map(silver.map((row) => [row.article_id, row]));
      const found = articles.filter((article) => query.source === undefined || article.source === query.source).toReversed();
      const page = found.slice(query.offset, query.offset + query.limit);
      const views = page.map((article) => toView(article, readings.get(article.article_id) ?? null));
      return { articles: views, total_entries: found.length };
    }),
    handle(readArticle, async ({ params }) => {
      const article = await options.articles.find(params.article_id);
      if (article === null) throw unknownArticle(params.article_id);
      const { available_at } = article;
      const silver = await options.sentiments.silver({ start: available_at - 1, end: available_at });
      const reading = silver.find(({ article_id }) => article_id === article.article_id) ?? null;
      return { ...toView(article, reading), text: article.body || article.summary };
    }),
    handle(listNewsSources, async () => {
      const sources = await Promise.all(
        options.config.news_sources.map(async (source) => toSourceView(source, await options.news_feeds.read(source.id))),
      );
      return { sources };
    }),
  ];
}

function unknownArticle(article_id: string): AppError {
  const message = `article_id: no article "${article_id.slice(0, 80)}" is stored. GET /api/news/articles lists those of a span of time.`;
  return new AppError("not_found", message, { status: 404, details: { field: "article_id" } });
}

function requireSpan({ start, end }: { start: Instant; end: Instant }): void {
  const invalid = (field: string, message: string) =>
    new AppError("invalid_request", `${field}: ${message}`, { status: 422, details: { field } });
  if (start >= end) throw invalid("since", "it must lie before until");
  if (end - start > MAX_NEWS_SPAN_MS) throw invalid("since", `at most ${MAX_NEWS_SPAN_MS / DAY} days may lie between since and until`);
}

function toView(article: Article, silver: SilverArticle | null): NewsArticleView {
  const { article_id, source, url, title, language, text_source, access, relevance, matched_terms, is_relevant } = article;
  const { published_raw, published_problem } = article;
  return {
    ...{ article_id, source, url, title, language, text_source, access, relevance, is_relevant, published_raw, published_problem },
    published_at: toIsoOrNull(article.published_at),
    first_seen_at: toIso(article.first_seen_at),
    available_at: toIso(article.available_at),
    matched_terms: [...matched_terms],
    reading: silver === null ? null : toReading(silver),
  };
}

function toReading(silver: SilverArticle): NonNullable<NewsArticleView["reading"]> {
  const { engine, sentiment_score, confidence, sgd_directional_signal, policy, market_coherence, duplicate_of } = silver;
  return {
    ...{ engine, sentiment_score, confidence, sgd_directional_signal, policy, market_coherence, duplicate_of },
    topics: [...silver.topics],
    currencies: silver.currencies.map((view) => ({ ...view })),
  };
}

function toSourceView(source: NewsSource, states: readonly FeedState[]): NewsSourceStateView {
  const instant = (value: Instant | null | undefined) => toIsoOrNull(value ?? null);
  return {
    id: source.id,
    name: source.name,
    has_archive: source.archive_url !== null,
    feeds: source.feeds.map((url) => {
      const state = states.find((one) => one.url === url);
      return {
        url,
        last_fetched_at: instant(state?.last_fetched_at),
        last_success_at: instant(state?.last_success_at),
        last_status: state?.last_status ?? null,
        last_error: state?.last_error ?? null,
      };
    }),
  };
}
