import { parseFeed as parseAny } from "feedsmith";
import { AppError } from "../../errors.ts";
import { webUrl } from "./canonicalUrl.ts";
import type { FeedItem } from "./feedItem.ts";
import { type RawFeed, type RawItem, toRawFeed } from "./rawFeed.ts";

export interface ParsedFeed {
  readonly format: "rss" | "atom" | "rdf" | "json";
  readonly items: readonly FeedItem[];
  /** True when the feed holds more items than are read. */
  readonly is_cut: boolean;
}

export interface ParseFeedOptions {
  /** Where the feed was read from, after redirects: links may be relative to it. */
  readonly url: string;
  readonly max_items?: number;
}

/** A feed shows a site's last 10 to 100 items; one with more than this is cut, and says so. */
const MAX_ITEMS = 1_000;
/** What may stand before the root element and declares nothing: a DOCTYPE without an internal subset, as RSS 0.91 asks for, does not. */
const HARMLESS_PROLOG = /^\s*(?:(?:<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^<>[\]]*>)\s*)*/i;

/** The end tag of the root. The parser does without it, but an answer that was cut off may have lost half an item, or half of them all. */
const END = /<\/(?:\w+:)?(?:rss|feed|rdf)\s*>/i;
/** Comments of the server that made it may follow. */
const END_CHARACTERS = 2_000;

/**
 * Items of a feed (RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed). Whatever cannot be read is feed_malformed with the reason. Entity
 * declarations are refused before any parser sees them, and no parser here expands or fetches any; nesting is bounded by the parser (100).
 */
export function parseFeed(text: string, { url, max_items = MAX_ITEMS }: ParseFeedOptions): ParsedFeed {
  refuseDeclarations(text);
  const parsed = parse(text, max_items + 1);
  if (parsed.format !== "json" && !END.test(text.slice(-END_CHARACTERS))) throw malformed("it is cut off before its end");
  const raw = toRawFeed(parsed);
  const items = raw.items.slice(0, max_items).map((item) => toItem(item, raw, url));
  return { format: parsed.format, items: withoutSharedGuids(items), is_cut: raw.items.length > max_items };
}

/** The named refusal of a text that is no feed, with the problem by itself in the details. */
export function malformed(problem: string, cause?: unknown): AppError {
  return new AppError("feed_malformed", `The answer is not a feed: ${problem}`, { status: 502, cause, details: { problem } });
}

function refuseDeclarations(text: string): void {
  const after = text.slice(HARMLESS_PROLOG.exec(text)?.[0].length ?? 0);
  if (!after.startsWith("<!")) return;
  throw malformed("it declares entities or a document type of its own, which no feed needs and which entity bombs are made of");
}

function parse(text: string, max_items: number) {
  try {
    return parseAny(text.trim(), { maxItems: max_items });
  } catch (error) {
    throw malformed(describe(text, error), error);
  }
}

function describe(text: string, error: unknown): string {
  const start = text.trim().slice(0, 2_000);
  if (start === "") return "it is empty";
  if (/^(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body)\b/i.test(start)) return "it is an HTML page";
  if (/<(urlset|sitemapindex)\b/i.test(start)) return "it is a sitemap";
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : (error as Error).message;
  return `${cause.slice(0, 160)} (it begins with ${JSON.stringify(start.slice(0, 60))})`;
}

/** Some feeds give all their items one guid, such as their own address: then it tells nothing apart, and the items' addresses do. */
function withoutSharedGuids(items: readonly FeedItem[]): FeedItem[] {
  const named = Map.groupBy(items, ({ guid }) => guid);
  const isShared = (group: readonly FeedItem[]) => group.some(({ title, link }) => title !== group[0]!.title && link !== group[0]!.link);
  return items.map((item) => (item.guid !== null && isShared(named.get(item.guid)!) ? { ...item, guid: null } : item));
}

function toItem(item: RawItem, feed: RawFeed, url: string): FeedItem {
  const base = item.base ?? feed.base;
  const resolved = (base === null ? null : webUrl(base, url)?.href) ?? url;
  return {
    link: item.link === null ? null : (webUrl(item.link, resolved)?.href ?? item.link),
    guid: item.guid?.trim() || null,
    title: item.title,
    summary: item.summary,
    content: item.content,
    published_raw: item.published,
    language: item.language ?? feed.language,
    first_seen_raw: null,
  };
}
