import { DAY, HOUR, type Instant } from "../../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import { checkAddress } from "../../../shared/news/feeds/checkAddress.ts";
import { decodeText } from "../../../shared/news/feeds/decodeText.ts";
import { MAX_ROBOTS_BYTES } from "../../../shared/news/feeds/robots.ts";
import type { StoredRobots } from "../../../shared/ports/newsHosts.ts";
import { type Exchange, exchange, refusalOf } from "./exchange.ts";
import type { NewsHttp } from "./newsHttp.ts";

/** RFC 9309, 2.4: a copy is used for 24 hours at most. */
const FRESH_MS = DAY;
/** While it cannot be had, an older copy is gone by for so long before it is asked for again. */
const RETRY_MS = HOUR;
/** RFC 9309, 2.3.1.2: at least five redirects are followed, to other hosts too. */
const MAX_REDIRECTS = 5;

export function isFresh(robots: StoredRobots | null, now: Instant): robots is StoredRobots {
  return robots !== null && now - robots.fetched_at < FRESH_MS;
}

/**
 * The robots.txt of an origin, by RFC 9309: none (4xx) allows everything; one that cannot be had (5xx, no answer) forbids everything for
 * now, which is an error here, unless an older copy is there to go by.
 */
export async function readRobots(http: NewsHttp, origin: string, older: StoredRobots | null): Promise<StoredRobots | AppError> {
  try {
    const { status, bytes, headers, at } = await follow(http, new URL("/robots.txt", origin));
    if (status >= 200 && status < 300) return { text: decodeText(bytes, headers.get("content-type")).text, status, fetched_at: at };
    return { text: "", status, fetched_at: at };
  } catch (caught) {
    const error = toAppError(caught);
    if (older) return { ...older, fetched_at: http.clock.now() - FRESH_MS + RETRY_MS };
    // A site that cannot be reached has refused nothing.
    const code = error.code === "source_unavailable" ? error.code : "robots_refused";
    return new AppError(code, `${origin} is not asked while its robots.txt cannot be read: ${error.message}`, {
      status: 503,
      retryable: error.retryable,
      cause: error,
      ...(error.retry_after_ms === null ? {} : { retry_after_ms: error.retry_after_ms }),
    });
  }
}

async function follow(http: NewsHttp, from: URL): Promise<Exchange> {
  const allowed = new Set(http.allowed_origins.filter((origin) => origin === from.origin));
  let url = from;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const answer = await exchange(
      http,
      checkAddress(url.href, allowed),
      { accept: "text/plain, */*;q=0.1" },
      { max_bytes: MAX_ROBOTS_BYTES, is_cut: true },
    );
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
    if (location === null) {
      if (answer.status < 300 || (answer.status >= 400 && answer.status < 500 && answer.status !== 429)) return answer;
      throw refusalOf(url, answer, http.clock.now());
    }
    url = new URL(location, url);
  }
  throw new AppError("source_unavailable", `${from.href} redirects more than ${MAX_REDIRECTS} times`, { retryable: true });
}
