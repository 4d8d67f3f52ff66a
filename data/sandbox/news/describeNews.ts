import { DAY } from "../../../shared/domain/instant.ts";
import type { SandboxContext } from "../sandboxContext.ts";
import type { SiteTraffic } from "./http/politenessWitness.ts";
import { CRAWL_DELAY_MS, type FeedFormat, NEWS_SITES, type NewsSiteId } from "./sites.ts";

export interface NewsStatus {
  readonly crawl_delay_ms: number;
  readonly sites: readonly {
    readonly id: NewsSiteId;
    readonly name: string;
    readonly format: FeedFormat;
    readonly feed: string;
    readonly archive: string;
    readonly articles_1d: number;
    readonly articles_7d: number;
    readonly traffic: SiteTraffic;
  }[];
}

/** The sites, how much they have published lately, and who came how politely. */
export function describeNews({ newsroom, witness, clock }: SandboxContext): NewsStatus {
  const now = clock.now();
  const sites = NEWS_SITES.map((site) => {
    const count = (days: number): number => newsroom.seenBetween(site, now - days * DAY, now + 1).length;
    return {
      id: site.id,
      name: site.name,
      format: site.format,
      feed: `/news/${site.id}/feed.xml`,
      archive: `/news/${site.id}/archive.xml?from={from}&to={to}`,
      articles_1d: count(1),
      articles_7d: count(7),
      traffic: witness.of(site.id),
    };
  });
  return { crawl_delay_ms: CRAWL_DELAY_MS, sites };
}
