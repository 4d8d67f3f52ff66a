import type { Instant } from "../../../shared/domain/instant.ts";
import type { NewsEvent } from "../market/newsEvents.ts";
import type { NewsSite } from "./sites.ts";

/** What an article is about: an event of the market, the market's state without any direction, or anything else. */
export type Subject = { readonly kind: "event"; readonly event: NewsEvent } | { readonly kind: "wrap" } | { readonly kind: "other" };

/** One article of one site, before it is written. */
export interface NewsItem {
  readonly site: NewsSite;
  /** Unique within the site; from it the item can be found again. */
  readonly id: string;
  readonly subject: Subject;
  readonly published_at: Instant;
  /** When it entered the feed: at its publication or some minutes later. */
  readonly first_seen_at: Instant;
  /** Key of its words. A syndicated report has that of the site which wrote it. */
  readonly text_key: number;
  /** Site that wrote it. */
  readonly author: NewsSite;
  /** Key of all else that is drawn of it. */
  readonly key: number;
}

/** An article as it is written. Plain text. */
export interface Article {
  readonly title: string;
  readonly summary: string;
  readonly paragraphs: readonly string[];
  readonly byline: string;
  readonly section: string;
}
