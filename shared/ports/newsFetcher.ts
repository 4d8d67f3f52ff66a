import type { Instant } from "../domain/instant.ts";
import type { Politeness } from "../domain/newsSource.ts";
import type { AppError } from "../errors.ts";

export type NewsDocumentKind = "feed" | "archive" | "page";

/** What a server said of a document, to be sent back when it is asked for again. */
export interface Validators {
  readonly etag: string | null;
  readonly last_modified: string | null;
}

export interface NewsRequest {
  readonly url: string;
  readonly kind: NewsDocumentKind;
  readonly politeness: Politeness;
  /** Null: the whole document, whatever was had before. */
  readonly validators: Validators | null;
}

export interface NewsDocument extends Validators {
  readonly url: string;
  /** After redirects. */
  readonly final_url: string;
  readonly status: number;
  readonly content_type: string | null;
  /** When all of it had arrived: it is known from then on. */
  readonly fetched_at: Instant;
  /** Decoded. */
  readonly body: string;
}

/**
 * - not_modified: the server says that what the validators stand for is still what there is
 * - failed: no document, and why; status 0 without an answer. A retryable error may be followed by another try of the same run
 * - wait: nothing was asked, since the origin has its pause, its backoff, or another's request; ask again in delay_ms
 */
export type NewsAnswer =
  | { readonly kind: "document"; readonly document: NewsDocument }
  | { readonly kind: "not_modified"; readonly fetched_at: Instant }
  | { readonly kind: "failed"; readonly status: number; readonly error: AppError; readonly fetched_at: Instant }
  | { readonly kind: "wait"; readonly delay_ms: number; readonly reason: string };

/** Documents of news sites, asked for politely: robots.txt, one request at a time an origin, pauses, backoff. Only a store throws. */
export interface NewsFetcher {
  fetch(request: NewsRequest): Promise<NewsAnswer>;
}
