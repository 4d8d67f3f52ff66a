import type { Article } from "../domain/article.ts";
import type { Instant, TimeWindow } from "../domain/instant.ts";

/** Manifest row of one bronze object of news: raw answers of one source, as NDJSON under their content hash. */
export interface NewsObject {
  readonly key: string;
  readonly source: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly lines: number;
  readonly window: TimeWindow;
  readonly ingested_at: Instant;
}

/** An item of bronze that did not become an article, and why. */
export interface ArticleReject {
  readonly object_key: string;
  /** Line of the object and item within it, both from 1. */
  readonly line: number;
  readonly item: number;
  readonly source: string;
  readonly reason: string;
  readonly detail: string;
  /** Cut at 2,000 characters. */
  readonly raw: string;
}

export interface ArticleWrite {
  readonly object_key: string;
  readonly articles: readonly Article[];
  readonly rejects: readonly ArticleReject[];
  readonly ingested_at: Instant;
}

export interface ArticleStore {
  /** Adds the manifest row when it is new. */
  addObject(object: NewsObject): Promise<void>;
  /** Objects of a source not parsed yet, oldest first, at most `limit`. */
  pendingObjects(source: string, limit: number): Promise<readonly NewsObject[]>;
  /** Which of these article ids are stored. */
  known(article_ids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Stores articles and rejects of one object and marks it parsed, in one transaction. An article that is known keeps its first
   * version, but takes an earlier knowledge time when one is proven.
   */
  write(write: ArticleWrite): Promise<{ readonly inserted: number; readonly unchanged: number }>;
  /** Articles with start < available_at <= end, ascending by (available_at, article_id); after `after` in that order, at most `limit`. */
  read(
    window: TimeWindow,
    options?: { readonly relevant_only?: boolean; readonly after?: ArticlePosition | null; readonly limit?: number },
  ): Promise<readonly Article[]>;
  /** One article; null: none of that id is stored. */
  find(article_id: string): Promise<Article | null>;
}

export interface ArticlePosition {
  readonly available_at: Instant;
  readonly article_id: string;
}
