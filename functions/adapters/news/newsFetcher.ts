import { AppError, toAppError } from "../../../shared/errors.ts";
import { checkAddress } from "../../../shared/news/feeds/checkAddress.ts";
import { decodeText } from "../../../shared/news/feeds/decodeText.ts";
import { ownFeedHint } from "../../../shared/news/feeds/newsOrigins.ts";
import { type RobotsRules, robotsRules } from "../../../shared/news/feeds/robots.ts";
import type { NewsAnswer, NewsDocumentKind, NewsFetcher, NewsRequest, Validators } from "../../../shared/ports/newsFetcher.ts";
import { type Exchange, exchange, refusalOf } from "./exchange.ts";
import { type OpenTurn, takeTurn } from "./hostTurns.ts";
import { NEWS_LIMITS, type NewsHttp } from "./newsHttp.ts";
import { isFresh, readRobots } from "./robotsOf.ts";
import { ROBOT_NAME } from "./userAgent.ts";

const MAX_REDIRECTS = 5;
/** After a redirect the pause is waited for here: coming back would begin the chain anew. */
const REDIRECT_PATIENCE_MS = 10_000;

const ACCEPT: Readonly<Record<NewsDocumentKind, string>> = {
  feed: "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
  archive: "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
  page: "text/html, application/xhtml+xml, */*;q=0.1",
};
/** Feeds come under many names; what is refused is what cannot be text. */
const NOT_TEXT = /^(image|audio|video|font)\/|^application\/(pdf|zip|gzip|octet-stream|x-protobuf|wasm|msword|vnd\.)/i;
const HTML = /^(text\/html|application\/xhtml\+xml|text\/plain)\b/i;

/**
 * Documents of news sites by HTTP, as a guest: robots.txt, one request at a time an origin with pauses that hold over all invocations,
 * conditional requests, backoff, a name with a contact; and as one who does not trust the host: public addresses only, also after each
 * redirect, sizes and times bounded while reading. Failures are answers; only the store throws.
 */
export function createNewsFetcher(http: NewsHttp): NewsFetcher {
  return { fetch: (request) => fetchDocument(http, request) };
}

async function fetchDocument(http: NewsHttp, request: NewsRequest): Promise<NewsAnswer> {
  let url: URL;
  let allowed = new Set(http.allowed_origins);
  try {
    url = checkFeed(request, allowed);
    // An exempt site may send to itself; nobody else may send there.
    allowed = new Set(http.allowed_origins.filter((origin) => origin === url.origin));
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const answer = await visit(http, request, url, hop > 0);
      if ("kind" in answer) return answer;
      url = redirectOf(url, answer, allowed);
    }
    throw new AppError("source_rejected", `${request.url} redirects more than ${MAX_REDIRECTS} times`, { status: 502 });
  } catch (caught) {
    const error = toAppError(caught);
    if (error.code === "store_unavailable" || error.code === "internal") throw error;
    return failed(http, error, 0);
  }
}

/** The address that somebody has configured, or found in such a feed: of the former, the refusal says how to allow it. */
function checkFeed({ url, kind }: NewsRequest, allowed: ReadonlySet<string>): URL {
  try {
    return checkAddress(url, allowed);
  } catch (cause) {
    if (kind === "page") throw cause;
    const { code, message, status, details } = toAppError(cause);
    throw new AppError(code, `${message}.${ownFeedHint(url)}`, { status, details, cause });
  }
}

/** One request within one turn: an answer, or the redirect that it got. */
async function visit(http: NewsHttp, request: NewsRequest, url: URL, is_redirected: boolean): Promise<NewsAnswer | Exchange> {
  const patience = is_redirected ? REDIRECT_PATIENCE_MS : undefined;
  const turn = await takeTurn(http, url.origin, patience);
  if (!("asked" in turn)) return { kind: "wait", ...turn };
  if (!isFresh(turn.robots, http.clock.now())) {
    const refusal = await refreshRobots(http, request, url.origin, turn);
    return refusal ? failed(http, refusal, 0) : visit(http, request, url, is_redirected);
  }
  const rules = robotsRules(`${url.origin}/robots.txt`, turn.robots.text, ROBOT_NAME);
  if (rules.isAllowed(url.href)) return ask(http, request, url, turn, delayOf(request, rules));
  await turn.unused();
  return failed(http, new AppError("robots_refused", `${url.href} is closed to robots by its site's robots.txt`, { status: 403 }), 0);
}

/** Reads robots.txt in a turn of its own: it is a request like any other. */
async function refreshRobots(http: NewsHttp, request: NewsRequest, origin: string, turn: OpenTurn): Promise<AppError | null> {
  const robots = await readRobots(http, origin, turn.robots);
  if (robots instanceof AppError) {
    await turn.asked({ delay_ms: request.politeness.delay_ms, error: robots });
    return robots;
  }
  const delay_ms = delayOf(request, robotsRules(`${origin}/robots.txt`, robots.text, ROBOT_NAME));
  await turn.asked({ delay_ms, error: null, robots });
  return null;
}

function delayOf({ politeness }: NewsRequest, rules: RobotsRules): number {
  return Math.max(politeness.delay_ms, rules.crawl_delay_ms ?? 0);
}

async function ask(http: NewsHttp, request: NewsRequest, url: URL, turn: OpenTurn, delay_ms: number): Promise<NewsAnswer | Exchange> {
  const limits = { ...NEWS_LIMITS, ...http.limits };
  const headers = { accept: ACCEPT[request.kind], ...conditionsOf(request.validators) };
  let answer: Exchange;
  try {
    answer = await exchange(http, url, headers, { max_bytes: limits[`${request.kind}_bytes`] });
  } catch (caught) {
    const error = toAppError(caught);
    await turn.asked({ delay_ms, error });
    return failed(http, error, 0);
  }
  const is_answer = (answer.status >= 200 && answer.status < 400) || answer.status === 304;
  const error = is_answer ? null : refusalOf(url, answer, http.clock.now());
  await turn.asked({ delay_ms, error });
  if (error) return failed(http, error, answer.status);
  return toAnswer(http, request, url, answer);
}

function conditionsOf(validators: Validators | null): Record<string, string> {
  return {
    ...(validators?.etag ? { "if-none-match": validators.etag } : {}),
    ...(validators?.last_modified ? { "if-modified-since": validators.last_modified } : {}),
  };
}

function toAnswer(http: NewsHttp, request: NewsRequest, url: URL, answer: Exchange): NewsAnswer | Exchange {
  const { status, headers, bytes, at } = answer;
  if (status === 304) return { kind: "not_modified", fetched_at: at };
  if (status >= 300) return answer;
  const content_type = headers.get("content-type");
  if (content_type !== null && (NOT_TEXT.test(content_type) || (request.kind === "page" && !HTML.test(content_type)))) {
    const error = new AppError("unexpected_content", `${url.href} is ${content_type.slice(0, 80)}, no ${request.kind}`, { status: 502 });
    return failed(http, error, status);
  }
  const validators = { etag: headers.get("etag"), last_modified: headers.get("last-modified") };
  const body = decodeText(bytes, content_type).text;
  return {
    kind: "document",
    document: { url: request.url, final_url: url.href, status, content_type, ...validators, fetched_at: at, body },
  };
}

/** Where a redirect leads, if that may be followed: never from https to http, and only to a public address. */
function redirectOf(from: URL, { status, headers }: Exchange, allowed: ReadonlySet<string>): URL {
  const location = headers.get("location");
  const to = location === null ? null : URL.parse(location, from.href);
  if (!to) throw new AppError("source_rejected", `${from.href} answered ${status} without saying where to`, { status: 502 });
  if (from.protocol === "https:" && to.protocol === "http:") {
    throw new AppError("address_refused", `${from.href} redirects to ${to.href.slice(0, 200)}, from https to http`, { status: 403 });
  }
  return checkAddress(to.href, allowed);
}

function failed(http: NewsHttp, error: AppError, status: number): NewsAnswer {
  return { kind: "failed", status, error, fetched_at: http.clock.now() };
}
