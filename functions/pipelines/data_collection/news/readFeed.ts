import type { StepContext } from "../../../../shared/dag/step.ts";
import type { NewsSource } from "../../../../shared/domain/newsSource.ts";
import { toAppError } from "../../../../shared/errors.ts";
import { articleIdOf } from "../../../../shared/news/feeds/articleIdentity.ts";
import { canonicalUrl } from "../../../../shared/news/feeds/canonicalUrl.ts";
import type { FeedItem } from "../../../../shared/news/feeds/feedItem.ts";
import type { FeedLine } from "../../../../shared/news/feeds/newsLine.ts";
import { parseFeed } from "../../../../shared/news/feeds/parseFeed.ts";
import { hasFullText } from "../../../../shared/news/feeds/toArticle.ts";
import type { FeedState } from "../../../../shared/ports/newsFeeds.ts";
import type { NewsDocument } from "../../../../shared/ports/newsFetcher.ts";
import type { Ports } from "../../ports.ts";
import type { LiveCursor, Pause } from "./liveCursor.ts";
import { storeNewsBronze } from "./storeNewsBronze.ts";

/** An answer that is no feed is kept as far as it takes to see what it was. */
const MALFORMED_CHARACTERS = 64_000;

/** Reads one feed, notes how it answered, and plans the pages of what is new. Returns a pause when the site wants one first. */
export async function readFeed(
  ports: Ports,
  context: StepContext,
  source: NewsSource,
  cursor: LiveCursor,
  url: string,
  state: FeedState | null,
): Promise<Pause | null> {
  const answer = await ports.news.fetch({ url, kind: "feed", politeness: source.politeness, validators: state });
  if (answer.kind === "wait") return answer;
  const note = (status: number, error: { code: string; message: string } | null) => {
    const at = answer.kind === "document" ? answer.document.fetched_at : answer.fetched_at;
    return ports.news_feeds.recordAnswer({ source: source.id, url, at, status, error });
  };
  const fail = async (status: number, caught: unknown) => {
    const { code, message, retryable } = toAppError(caught);
    const error = { code, message: message.includes(url) ? message : `${url}: ${message}` };
    cursor.failures[url] = { ...error, retryable };
    await note(status, error);
    return null;
  };
  if (answer.kind === "not_modified") return note(304, null).then(() => null);
  if (answer.kind === "failed") return fail(answer.status, answer.error);
  try {
    await takeFeed(ports, context, source, cursor, answer.document);
  } catch (error) {
    if (toAppError(error).code !== "feed_malformed") throw error;
    return fail(answer.document.status, error);
  }
  return note(answer.document.status, null).then(() => null);
}

async function takeFeed(ports: Ports, context: StepContext, source: NewsSource, cursor: LiveCursor, document: NewsDocument): Promise<void> {
  const line = { kind: "feed", ...document, span: null } as const;
  const items = await readItems(ports, context, source, cursor, line);
  const plan = await planItems(ports, source, cursor, items);
  const object = plan.is_news
    ? await storeNewsBronze(ports, source.id, [{ ...line, elsewhere: [...plan.pages, ...plan.later] }], context.window)
    : null;
  if (object && plan.pages.length > 0) cursor.queue.push({ key: object.key, ids: [...plan.pages] });
  const { totals } = cursor;
  totals.read += items.length;
  totals.written += object ? 1 : 0;
  totals.new_items += plan.new_items;
  totals.deferred += plan.later.length;
  totals.rejected += plan.unnamed;
  cursor.planned += plan.pages.length;
  // With the validators kept, the server would hide what still waits behind "not modified".
  if (plan.later.length === 0) cursor.validators[document.url] = { etag: document.etag, last_modified: document.last_modified };
}

/** A malformed answer is a failure, and evidence: it is kept raw, once a run, and validate_news rejects it by name. */
async function readItems(
  ports: Ports,
  context: StepContext,
  source: NewsSource,
  cursor: LiveCursor,
  line: Omit<FeedLine, "elsewhere">,
): Promise<readonly FeedItem[]> {
  try {
    return parseFeed(line.body, { url: line.final_url }).items;
  } catch (error) {
    const kept = { ...line, body: line.body.slice(0, MALFORMED_CHARACTERS), elsewhere: [] };
    await storeNewsBronze(ports, source.id, [kept], context.window);
    cursor.totals.written += 1;
    throw error;
  }
}

interface Plan {
  /** Items that are not stored yet. */
  readonly new_items: number;
  /** Items with neither guid nor address, which become rejects. */
  readonly unnamed: number;
  readonly pages: readonly string[];
  readonly later: readonly string[];
  /** False when the answer holds nothing that is not stored. */
  readonly is_news: boolean;
}

/** What of the feed is new, which of it has a page to fetch in this run, and what waits for the next. */
async function planItems(ports: Ports, source: NewsSource, cursor: LiveCursor, items: readonly FeedItem[]): Promise<Plan> {
  const named = new Map<string, FeedItem>();
  for (const item of items) {
    const id = articleIdOf(item, source.id);
    if (id !== null && !named.has(id)) named.set(id, item);
  }
  const known = await ports.articles.known([...named.keys()]);
  const taken = new Set(cursor.queue.flatMap(({ ids }) => ids));
  const fresh = [...named].filter(([id]) => !known.has(id) && !taken.has(id));
  const own = ownPages([...named.values()]);
  const wanting = fresh.filter(([, item]) => own.has(item) && !hasFullText(item)).map(([id]) => id);
  const room = Math.max(0, source.politeness.max_pages - cursor.planned);
  return {
    new_items: fresh.length,
    unnamed: items.filter((item) => articleIdOf(item, source.id) === null).length,
    pages: wanting.slice(0, room),
    later: source.politeness.max_pages === 0 ? [] : wanting.slice(room),
    is_news: fresh.length > 0,
  };
}

/**
 * Items with a page of their own. A wire's headline may have none, and the posts of a live page share one: its text would be that of all of
 * them, and each would repeat the others.
 */
function ownPages(items: readonly FeedItem[]): ReadonlySet<FeedItem> {
  const pages = Map.groupBy(items, ({ link }) => (link === null ? null : canonicalUrl(link)));
  return new Set(items.filter(({ link }) => link !== null && pages.get(canonicalUrl(link))!.length === 1 && canonicalUrl(link) !== null));
}
