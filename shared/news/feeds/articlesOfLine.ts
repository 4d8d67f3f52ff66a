import type { Article, ArticleAccess } from "../../domain/article.ts";
import { type Instant, MINUTE, parseInstant, type TimeWindow } from "../../domain/instant.ts";
import { AppError } from "../../errors.ts";
import { articleIdOf } from "./articleIdentity.ts";
import { type ExtractedPage, extractArticle } from "./extractArticle.ts";
import type { FeedItem } from "./feedItem.ts";
import { importedItem } from "./importedItem.ts";
import type { FeedLine, ImportLine, LineOrigin, NewsLine, PageLine } from "./newsLine.ts";
import { parseArchive } from "./parseArchive.ts";
import { parseFeed } from "./parseFeed.ts";
import { type ArticleRefusal, toArticle } from "./toArticle.ts";

/** The collection's cadence (functions/pipelines/data_collection/dag.ts): what became public in between is seen at its end. */
const COLLECTION_CADENCE_MS = 10 * MINUTE;
/**
 * A collection asks after its tick, one page after another: what it brings is known up to a minute later, and so never part of the row
 * that ends with the tick. A replay that knew it at the tick itself would train on what serving does not have.
 */
export const COLLECTION_LAG_MS = MINUTE;

/** Number of the item within its line, from 1, and what became of it. */
export interface LineOutcome {
  readonly item: number;
  readonly outcome: Article | ArticleRefusal;
  /** The item as it was read, for the reject. */
  readonly raw: string;
}

/** Articles and refusals of one line of bronze. The same line gives the same, whenever it is read. */
export function articlesOfLine(line: NewsLine, origin: LineOrigin): readonly LineOutcome[] {
  if (line.kind === "page") return [ofPage(line, origin)];
  return line.kind === "feed" ? ofFeed(line, origin) : [ofImport(line, origin)];
}

function ofFeed(line: FeedLine, origin: LineOrigin): readonly LineOutcome[] {
  const items = readItems(line);
  if (items instanceof AppError) return [{ item: 0, outcome: { reason: "feed_malformed", detail: items.message }, raw: line.body }];
  const elsewhere = new Set(line.elsewhere);
  return items.flatMap((item, index) => {
    const id = articleIdOf(item, origin.source);
    if (id !== null && elsewhere.has(id)) return [];
    if (line.span && isOutside(item, line.span)) return [];
    const outcome = line.span ? ofArchived(item, origin) : toArticle(item, { ...origin, ...fromFeed(line.fetched_at) });
    return [{ item: index + 1, outcome, raw: JSON.stringify(item) }];
  });
}

function readItems(line: FeedLine): readonly FeedItem[] | AppError {
  try {
    return line.span ? parseArchive(line.body, line.final_url).items : parseFeed(line.body, { url: line.final_url }).items;
  } catch (error) {
    if (error instanceof AppError && error.code === "feed_malformed") return error;
    throw error;
  }
}

function fromFeed(first_seen_at: Instant) {
  return { first_seen_at, access: "not_fetched" as ArticleAccess, page_text: "" };
}

/** True for an item of an archive that became public at another time than the span: another span's answer holds it. */
export function isOutside(item: FeedItem, span: TimeWindow): boolean {
  const public_at = item.first_seen_raw === null ? null : parseInstant(item.first_seen_raw);
  return public_at !== null && (public_at < span.start || public_at >= span.end);
}

/** An item of an archive, as data_collection would have seen it: just after the end of the data interval in which it became public. */
function ofArchived(item: FeedItem, origin: LineOrigin): Article | ArticleRefusal {
  if (item.first_seen_raw === null) {
    return { reason: "no_first_seen", detail: "An item of an archive must say when it first became public (firstSeen)." };
  }
  const public_at = parseInstant(item.first_seen_raw);
  if (public_at === null) return { reason: "bad_first_seen", detail: `firstSeen: "${item.first_seen_raw.slice(0, 60)}" is not RFC 3339.` };
  const tick = Math.ceil(public_at / COLLECTION_CADENCE_MS) * COLLECTION_CADENCE_MS;
  return toArticle(item, { ...origin, ...fromFeed(tick + COLLECTION_LAG_MS) });
}

function ofPage(line: PageLine, origin: LineOrigin): LineOutcome {
  const page = line.error === null ? readPage(line.body) : null;
  const access = page?.is_paywalled ? "paywall" : page ? "open" : accessOf(line);
  const facts = { source: origin.source, first_seen_at: line.fetched_at, access, page_text: page?.text ?? "" };
  const language = line.item.language ?? origin.language ?? page?.language ?? null;
  return { item: 1, outcome: toArticle(line.item, { ...facts, language }), raw: JSON.stringify(line.item) };
}

/** A page that defeats the extractor, whatever way, is a page whose text could not be had: access says so, and the feed's words are used. */
function readPage(body: string): ExtractedPage | null {
  try {
    return extractArticle(body);
  } catch {
    return null;
  }
}

function accessOf({ error, status }: PageLine): ArticleAccess {
  if (error?.code === "robots_refused") return "robots_refused";
  return status === 402 ? "paywall" : "fetch_failed";
}

function ofImport(line: ImportLine, origin: LineOrigin): LineOutcome {
  const read = importedItem(line, origin);
  const outcome = "reason" in read ? read : toArticle(read.item, read.facts);
  return { item: 1, outcome, raw: JSON.stringify(line.record) };
}
