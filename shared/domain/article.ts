import type { Instant } from "./instant.ts";

/** Where an article's text comes from, best first. */
export type TextSource = "page" | "feed" | "summary" | "title";

/** Whether its page could be read: a refusal is recorded, never worked around. not_fetched: the feed itself held the text. */
export type ArticleAccess = "open" | "paywall" | "robots_refused" | "fetch_failed" | "not_fetched";

/** One news article, parsed. The first version that was seen is kept: a later edit is another article's worth of knowledge. */
export interface Article {
  /** By the feed's guid where it gives one, else the address (shared/news/feeds/articleIdentity.ts). */
  readonly article_id: string;
  /** Id of the source (shared/domain/newsSource.ts). */
  readonly source: string;
  /** As the feed gave it; null for an item that has no address of its own. */
  readonly url: string | null;
  readonly canonical_url: string | null;
  /** Plain text, all three; "" where there is none. */
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly text_source: TextSource;
  readonly access: ArticleAccess;
  /** ISO 639-1, null when not known. */
  readonly language: string | null;
  /** As the source dates it; null when the date was missing, could not be read for certain, or lay in the future. */
  readonly published_at: Instant | null;
  /** The date as the source wrote it, and why it could not be read, with what could. */
  readonly published_raw: string | null;
  readonly published_problem: string | null;
  /** When this system, or an archive that keeps such records, first saw it. */
  readonly first_seen_at: Instant;
  /** When it could first be known: max(published_at, first_seen_at). The knowledge time of all that is made from it. */
  readonly available_at: Instant;
  /** SHA-256 of the normalised title and text. */
  readonly content_hash: string;
  /** 64-bit simhash of the normalised text, 16 hex digits: near-identical texts differ in few bits. */
  readonly simhash: string;
  /** In [0, 1]: how much it is about the currencies that are traded here. */
  readonly relevance: number;
  /** Whole words and phrases that made it relevant. */
  readonly matched_terms: readonly string[];
  readonly is_relevant: boolean;
}

/** What a reader is given of an article: headline first, then the best text there is. */
export function textOf(article: Pick<Article, "title" | "summary" | "body">): string {
  return [article.title, article.body || article.summary].filter((part) => part !== "").join("\n");
}
