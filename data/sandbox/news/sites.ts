import type { TimeZone } from "../../../shared/domain/timeZone.ts";

export const NEWS_SITE_IDS = ["harbour_wire", "lion_ledger", "northgate_markets", "meridian_post"] as const;
export type NewsSiteId = (typeof NEWS_SITE_IDS)[number];

export type FeedFormat = "rss" | "rss_content" | "atom" | "rdf";
/** Ways of writing an item's date that the site mixes; all are legal in its format. */
export type DateStyle = "rfc822_gmt" | "rfc822_offset" | "rfc822_zone_name" | "rfc822_short" | "iso_offset" | "iso_utc" | "iso_minutes";

/** A fictional news site: how it publishes, and what is awkward about it. Shares are of its articles or requests, 0 to 1. */
export interface NewsSite {
  readonly id: NewsSiteId;
  readonly name: string;
  readonly tagline: string;
  readonly format: FeedFormat;
  /** Where it writes its dates. */
  readonly zone: TimeZone;
  readonly city: string;
  readonly date_styles: readonly DateStyle[];
  /** Items without a date. */
  readonly undated: number;
  /** Articles whose page shows a teaser only. */
  readonly paywalled: number;
  /** Articles in the section that robots.txt closes. */
  readonly members_only: number;
  /** Requests answered 503. */
  readonly failing: number;
  /** Time that a page takes at most, in milliseconds; half of it at least. */
  readonly slow_ms: number;
  /** What the feed appends to its links. */
  readonly link_suffix: string;
  readonly has_title_case: boolean;
}

const ORDINARY = {
  undated: 0,
  paywalled: 0,
  members_only: 0,
  failing: 0,
  slow_ms: 0,
  link_suffix: "",
  has_title_case: false,
} as const;

export const NEWS_SITES: readonly NewsSite[] = [
  {
    ...ORDINARY,
    id: "harbour_wire",
    name: "Harbour Wire",
    tagline: "Markets and policy, as it happens",
    format: "rss",
    zone: "America/New_York",
    city: "NEW YORK",
    date_styles: ["rfc822_zone_name", "rfc822_gmt"],
    undated: 0.03,
    failing: 0.04,
  },
  {
    ...ORDINARY,
    id: "lion_ledger",
    name: "The Lion Ledger",
    tagline: "Business news for Singapore and the region – every day",
    format: "rss_content",
    zone: "Asia/Singapore",
    city: "SINGAPORE",
    date_styles: ["rfc822_offset", "rfc822_short"],
    members_only: 0.08,
  },
  {
    ...ORDINARY,
    id: "northgate_markets",
    name: "Northgate Markets",
    tagline: "Currencies, rates & commodities",
    format: "atom",
    zone: "Asia/Singapore",
    city: "LONDON",
    date_styles: ["iso_offset"],
    paywalled: 0.25,
    link_suffix: "?utm_source=feed&utm_medium=atom",
    has_title_case: true,
  },
  {
    ...ORDINARY,
    id: "meridian_post",
    name: "Meridian Post",
    tagline: "The region’s daily paper",
    format: "rdf",
    zone: "Asia/Tokyo",
    city: "TOKYO",
    date_styles: ["iso_utc", "iso_offset", "iso_minutes"],
    undated: 0.05,
    slow_ms: 400,
  },
];

export function findSite(id: string): NewsSite | null {
  return NEWS_SITES.find((site) => site.id === id) ?? null;
}

/** Pause between requests that robots.txt asks for. */
export const CRAWL_DELAY_MS = 100;
