import type { Article, ArticleAccess, TextSource } from "../../domain/article.ts";
import { sha256Hex } from "../../domain/hash.ts";
import type { Instant } from "../../domain/instant.ts";
import { relevanceOf } from "../relevance.ts";
import { canonicalUrl } from "./canonicalUrl.ts";
import { detectLanguage } from "./detectLanguage.ts";
import type { FeedItem } from "./feedItem.ts";
import { htmlToText, toHeadline } from "./htmlToText.ts";
import { parsePublished } from "./parsePublished.ts";
import { contentHash, simhash } from "./simhash.ts";

/** Why an item did not become an article. */
export type ArticleRejectReason =
  | "bad_line"
  | "feed_malformed"
  | "wrong_shape"
  | "no_link"
  | "bad_link"
  | "no_text"
  | "bad_date"
  | "no_first_seen"
  | "bad_first_seen"
  | "unreadable";

export interface ArticleRefusal {
  readonly reason: ArticleRejectReason;
  readonly detail: string;
}

/** What is known of an item beside what the feed says. */
export interface ArticleFacts {
  readonly source: string;
  /** Language of the source, where neither feed nor text tells. */
  readonly language: string | null;
  readonly first_seen_at: Instant;
  readonly access: ArticleAccess;
  /** Text of its page; "" when there is none. */
  readonly page_text: string;
}

/** A feed carries full text when it is at least this long: a paragraph or two. Shorter is a summary under another name. */
const FULL_TEXT_CHARACTERS = 600;
const MAX_TITLE = 500;
const MAX_SUMMARY = 4_000;
const MAX_BODY = 20_000;

/** First 32 hex digits of the SHA-256 of the canonical address; null when the item has no address to be known by. */
export function articleIdOf(item: Pick<FeedItem, "link">): string | null {
  const canonical = item.link === null ? null : canonicalUrl(item.link);
  return canonical === null ? null : sha256Hex(canonical).slice(0, 32);
}

/** True when the feed itself holds the text, so that no page need be asked for. Text that cannot be read is none. */
export function hasFullText(item: Pick<FeedItem, "content" | "summary">): boolean {
  try {
    return fullTextOf(item) !== "";
  } catch {
    return false;
  }
}

/**
 * An item as an article, or the reason why it is none. Text that defeats a library is a reject like any other: thrown, it would stop the
 * source at this item for ever.
 */
export function toArticle(item: FeedItem, facts: ArticleFacts): Article | ArticleRefusal {
  try {
    return judge(item, facts);
  } catch (error) {
    return { reason: "unreadable", detail: `${(error as Error).name}: ${(error as Error).message.slice(0, 300)}` };
  }
}

function judge(item: FeedItem, facts: ArticleFacts): Article | ArticleRefusal {
  const address = addressOf(item);
  if ("reason" in address) return address;
  const dated = publishedOf(item, facts.first_seen_at);
  if ("reason" in dated) return dated;
  const texts = textsOf(item, facts.page_text);
  if (texts.text_source === null) return { reason: "no_text", detail: "The item has neither a title nor a text." };
  const { title, summary, body } = texts;
  const text = [title, body || summary].filter((part) => part !== "").join("\n");
  const { relevance, matched_terms, is_relevant } = relevanceOf({ title, text: body || summary });
  return {
    ...address,
    source: facts.source,
    title,
    summary,
    body,
    text_source: texts.text_source,
    access: facts.access,
    language: detectLanguage(text, item.language ?? facts.language),
    ...dated,
    content_hash: contentHash(text),
    simhash: simhash(text),
    relevance,
    matched_terms,
    is_relevant,
  };
}

function addressOf(item: FeedItem): Pick<Article, "article_id" | "url" | "canonical_url"> | ArticleRefusal {
  if (item.link === null || item.link.trim() === "") return { reason: "no_link", detail: `"${item.title.slice(0, 120)}" has no address.` };
  const canonical_url = canonicalUrl(item.link);
  if (canonical_url === null) return { reason: "bad_link", detail: `link: "${item.link.slice(0, 200)}" is not an address of the web.` };
  return { article_id: sha256Hex(canonical_url).slice(0, 32), url: item.link.trim(), canonical_url };
}

/** A date that is missing, or lies after the moment of the first sight, says nothing: then that moment is the knowledge time. */
function publishedOf(
  item: FeedItem,
  first_seen_at: Instant,
): Pick<Article, "published_at" | "first_seen_at" | "available_at"> | ArticleRefusal {
  const raw = item.published_raw?.trim() ?? "";
  const parsed = raw === "" ? null : parsePublished(raw);
  if (parsed && "problem" in parsed) return { reason: "bad_date", detail: `date: ${parsed.problem}.` };
  const published_at = parsed && parsed.at <= first_seen_at ? parsed.at : null;
  return { published_at, first_seen_at, available_at: Math.max(published_at ?? first_seen_at, first_seen_at) };
}

interface Texts extends Pick<Article, "title" | "summary" | "body"> {
  readonly text_source: TextSource | null;
}

function textsOf(item: FeedItem, page_text: string): Texts {
  const title = toHeadline(item.title).slice(0, MAX_TITLE);
  const summary = htmlToText(item.summary).slice(0, MAX_SUMMARY);
  const full = page_text === "" ? fullTextOf(item) : "";
  const short = summary === "" ? htmlToText(item.content).slice(0, MAX_SUMMARY) : summary;
  const body = (page_text || full).slice(0, MAX_BODY);
  return { title, summary: short, body, text_source: sourceOf(page_text, full, short, title) };
}

function sourceOf(page_text: string, full: string, summary: string, title: string): TextSource | null {
  if (page_text !== "") return "page";
  if (full !== "") return "feed";
  if (summary !== "") return "summary";
  return title === "" ? null : "title";
}

function fullTextOf({ content, summary }: Pick<FeedItem, "content" | "summary">): string {
  for (const candidate of [content, summary]) {
    if (candidate.length < FULL_TEXT_CHARACTERS) continue;
    const text = htmlToText(candidate);
    if (text.length >= FULL_TEXT_CHARACTERS) return text;
  }
  return "";
}
