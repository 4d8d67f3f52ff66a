import type { Instant } from "../domain/instant.ts";
import type { Validators } from "./newsFetcher.ts";

/** What is known of a feed between two runs. */
export interface FeedState extends Validators {
  readonly source: string;
  readonly url: string;
  readonly last_fetched_at: Instant | null;
  readonly last_success_at: Instant | null;
  /** 0: no answer at all. */
  readonly last_status: number | null;
  readonly last_error: { readonly code: string; readonly message: string } | null;
}

/** How a feed answered. */
export interface FeedAnswer {
  readonly source: string;
  readonly url: string;
  readonly at: Instant;
  readonly status: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export interface NewsFeeds {
  read(source: string): Promise<readonly FeedState[]>;
  /** Notes an answer. Its validators are left as they were. */
  recordAnswer(answer: FeedAnswer): Promise<void>;
  /** Takes over validators, once all that they stand for is in bronze. */
  keepValidators(source: string, url: string, validators: Validators): Promise<void>;
}
