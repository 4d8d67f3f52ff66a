import type { Clock } from "../../../shared/ports/clock.ts";
import type { NewsHosts } from "../../../shared/ports/newsHosts.ts";
import type { Timers } from "../../../shared/ports/timers.ts";

export interface NewsHttp {
  readonly fetch: typeof fetch;
  readonly hosts: NewsHosts;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly sleep: (ms: number) => Promise<void>;
  readonly newToken: () => string;
  /** Who asks, with a contact (see userAgent.ts). */
  readonly user_agent: string;
  /** Origins beside the public ones: the sandbox's. */
  readonly allowed_origins: readonly string[];
  readonly limits?: Partial<NewsLimits>;
}

export interface NewsLimits {
  readonly feed_bytes: number;
  readonly page_bytes: number;
  readonly archive_bytes: number;
  /** From the first byte sent to the last received. */
  readonly total_ms: number;
  /** Between two pieces of an answer. */
  readonly idle_ms: number;
}

const MEGABYTE = 1024 * 1024;

/** A feed of 2 MB has thousands of items, a page of 2 MB is no article; the lease of a turn outlives the longest request. */
export const NEWS_LIMITS: NewsLimits = {
  feed_bytes: 2 * MEGABYTE,
  page_bytes: 2 * MEGABYTE,
  archive_bytes: 10 * MEGABYTE,
  total_ms: 20_000,
  idle_ms: 10_000,
};
