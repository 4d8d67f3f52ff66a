import type { Instant } from "../../../../shared/domain/instant.ts";
import { CRAWL_DELAY_MS, NEWS_SITES, type NewsSiteId } from "../sites.ts";

/** Timers may fire this much early. */
const TIMER_SLACK_MS = 5;
/** An address to write to or to read about the crawler at: what a User-Agent should name. */
const CONTACT = /https?:\/\/\S|[^\s@]+@[^\s@]+\.[^\s@]+/;

export interface SiteTraffic {
  readonly requests: number;
  /** Came sooner after the last request to any of the sites than robots.txt allows. */
  readonly faster_than_crawl_delay: number;
  readonly without_contact: number;
  /** For what robots.txt closes. */
  readonly disallowed: number;
  readonly not_modified: number;
}

/** Counts what visitors of the sites do, so that a test can read how polite they were. Nobody is refused for it. */
export class PolitenessWitness {
  readonly #traffic = new Map(
    NEWS_SITES.map(({ id }) => [id, { requests: 0, faster_than_crawl_delay: 0, without_contact: 0, disallowed: 0, not_modified: 0 }]),
  );
  #last: Instant | null = null;

  arrived(site: NewsSiteId, path: string, agent: string | undefined, now: Instant): void {
    const traffic = this.#traffic.get(site)!;
    traffic.requests += 1;
    // All sites are one host, and its delay holds for the host.
    if (this.#last !== null && now - this.#last < CRAWL_DELAY_MS - TIMER_SLACK_MS) traffic.faster_than_crawl_delay += 1;
    this.#last = now;
    if (!CONTACT.test(agent ?? "")) traffic.without_contact += 1;
    if (path.startsWith(`/news/${site}/members/`)) traffic.disallowed += 1;
  }

  answered(site: NewsSiteId, status: number): void {
    if (status === 304) this.#traffic.get(site)!.not_modified += 1;
  }

  of(site: NewsSiteId): SiteTraffic {
    return { ...this.#traffic.get(site)! };
  }
}
