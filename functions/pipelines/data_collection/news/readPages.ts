import type { StepContext } from "../../../../shared/dag/step.ts";
import type { NewsSource } from "../../../../shared/domain/newsSource.ts";
import { AppError } from "../../../../shared/errors.ts";
import { articleIdOf } from "../../../../shared/news/feeds/articleIdentity.ts";
import type { FeedItem } from "../../../../shared/news/feeds/feedItem.ts";
import { newsLineSchema, type PageLine } from "../../../../shared/news/feeds/newsLine.ts";
import { parseFeed } from "../../../../shared/news/feeds/parseFeed.ts";
import type { NewsAnswer } from "../../../../shared/ports/newsFetcher.ts";
import { parseJsonLine } from "../../common/parseJsonLine.ts";
import type { Ports } from "../../ports.ts";
import type { LiveCursor, Pause } from "./liveCursor.ts";
import { storeNewsBronze } from "./storeNewsBronze.ts";

/** Pages of one slice, and characters after which it ends: an invocation has 128 MB, and the text is there twice when it is stored. */
const PAGES_A_SLICE = 10;
const CHARACTERS_A_SLICE = 6_000_000;
/** A page that fails for a passing reason is asked for twice: the article is made of the feed's words then, rather than come late. */
const MAX_TRIES = 2;

/** Fetches pages of the queue and stores them, up to a slice. Says whether more are left, or how long to pause before the next. */
export async function readPages(
  ports: Ports,
  context: StepContext,
  source: NewsSource,
  cursor: LiveCursor,
  hasPatience: (pause: Pause) => boolean,
): Promise<"done" | "more" | Pause> {
  const lines: PageLine[] = [];
  let characters = 0;
  let pause: Pause | null = null;
  const items = new Map<string, ReadonlyMap<string, FeedItem>>();
  while (cursor.queue.length > 0 && lines.length < PAGES_A_SLICE && characters < CHARACTERS_A_SLICE && !pause) {
    const item = await firstItem(ports, source, cursor, items);
    const answer = await ports.news.fetch({ url: item.link!, kind: "page", politeness: source.politeness, validators: null });
    if (answer.kind === "wait" && hasPatience(answer)) pause = answer;
    else if (isWorthAnotherTry(answer, cursor)) cursor.tries += 1;
    else {
      const line = toLine(item, answer, ports.clock.now());
      lines.push(line);
      characters += line.body.length;
      takeFirst(cursor);
    }
  }
  await store(ports, context, source, cursor, lines);
  return pause ?? (cursor.queue.length > 0 ? "more" : "done");
}

function isWorthAnotherTry(answer: NewsAnswer, cursor: LiveCursor): boolean {
  return answer.kind === "failed" && answer.error.retryable && cursor.tries + 1 < MAX_TRIES;
}

/** The item whose page is next. Items are read again from the feed's bronze object, so that the cursor stays small. */
async function firstItem(
  ports: Ports,
  source: NewsSource,
  cursor: LiveCursor,
  cache: Map<string, ReadonlyMap<string, FeedItem>>,
): Promise<FeedItem> {
  const { key, ids } = cursor.queue[0]!;
  const items = cache.get(key) ?? (await itemsOf(ports, source, key));
  cache.set(key, items);
  const item = items.get(ids[0]!);
  if (item) return item;
  throw new AppError("internal", `Bronze object ${key} no longer holds the item ${ids[0]} whose page was planned`);
}

async function itemsOf(ports: Ports, source: NewsSource, key: string): Promise<ReadonlyMap<string, FeedItem>> {
  const bytes = await ports.lake.get(key);
  if (!bytes) throw new AppError("not_found", `Bronze object ${key} is planned for but not in the lake.`);
  const line = newsLineSchema.parse(parseJsonLine(new TextDecoder().decode(bytes).split("\n")[0]!));
  if (line.kind !== "feed") throw new AppError("internal", `Bronze object ${key} was planned for as a feed and is a ${line.kind}`);
  const items = new Map<string, FeedItem>();
  for (const item of parseFeed(line.body, { url: line.final_url }).items) {
    const id = articleIdOf(item, source.id);
    if (id !== null && !items.has(id)) items.set(id, item);
  }
  return items;
}

function takeFirst(cursor: LiveCursor): void {
  cursor.tries = 0;
  const { ids } = cursor.queue[0]!;
  ids.shift();
  if (ids.length === 0) cursor.queue.shift();
}

function toLine(item: FeedItem, answer: NewsAnswer, now: number): PageLine {
  if (answer.kind === "document") return { kind: "page", ...answer.document, error: null, item };
  const nothing = { content_type: null, etag: null, last_modified: null, body: "" };
  const { status, fetched_at, error } = failureOf(answer, now);
  return { kind: "page", url: item.link!, final_url: item.link!, status, fetched_at, ...nothing, error, item };
}

function failureOf(answer: Exclude<NewsAnswer, { kind: "document" }>, now: number) {
  if (answer.kind === "failed") {
    const { code, message } = answer.error;
    return { status: answer.status, fetched_at: answer.fetched_at, error: { code, message } };
  }
  const message = answer.kind === "wait" ? answer.reason : "the page answered 304 to a request without conditions";
  return { status: answer.kind === "wait" ? 0 : 304, fetched_at: now, error: { code: "source_unavailable", message } };
}

async function store(
  ports: Ports,
  context: StepContext,
  source: NewsSource,
  cursor: LiveCursor,
  lines: readonly PageLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await storeNewsBronze(ports, source.id, lines, context.window);
  cursor.totals.written += 1;
  for (const { error } of lines) {
    const result = error?.code ?? "fetched";
    cursor.totals.pages[result] = (cursor.totals.pages[result] ?? 0) + 1;
  }
}
