import type { Article, ArticleAccess, TextSource } from "../../domain/article.ts";
import type { Instant } from "../../domain/instant.ts";
import { relevanceOf } from "../relevance.ts";
import { articleIdOf } from "./articleIdentity.ts";
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
const MAX_DATE = 100;

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
  const address = addressOf(item, facts.source);
  if ("reason" in address) return address;
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
    ...publishedOf(item, facts.first_seen_at),
    content_hash: contentHash(text),
    simhash: simhash(text),
    relevance,
    matched_terms,
    is_relevant,
  };
}

/** An item with a guid needs no address: a headline of a wire has none, and is known all the same. */
function addressOf(item: FeedItem, source: string): Pick<Article, "article_id" | "url" | "canonical_url"> | ArticleRefusal {
  const link = item.link?.trim() ?? "";
  const canonical_url = canonicalUrl(link);
  const article_id = articleIdOf(item, source);
  if (article_id !== null) return { article_id, url: canonical_url === null ? null : link, canonical_url };
  if (link === "") return { reason: "no_link", detail: `"${item.title.slice(0, 120)}" has neither an address nor a guid.` };
  return { reason: "bad_link", detail: `link: "${link.slice(0, 200)}" is not an address of the web, and there is no guid.` };
}

type Dates = Pick<Article, "published_at" | "published_raw" | "published_problem" | "first_seen_at" | "available_at">;

/**
 * A date that is missing, cannot be read for certain, or lies after the moment of the first sight, says nothing: then that moment is the
 * knowledge time, which it never is too early.
 */
function publishedOf(item: FeedItem, first_seen_at: Instant): Dates {
  const raw = item.published_raw?.trim() || null;
  const parsed = raw === null ? null : parsePublished(raw);
  const published_problem = parsed && "problem" in parsed ? parsed.problem : null;
  const published_at = parsed && "at" in parsed && parsed.at <= first_seen_at ? parsed.at : null;
  const published_raw = raw?.slice(0, MAX_DATE) ?? null;
  return { published_at, published_raw, published_problem, first_seen_at, available_at: first_seen_at };
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
