import type { Send } from "./askRoute.ts";

export interface RetryTerms {
  /** Requests in all, the first one too. */
  readonly attempts: number;
  /** Who is told to wait longer than that is told so instead. */
  readonly max_wait_ms: number;
}

export const DEFAULT_RETRY: RetryTerms = { attempts: 3, max_wait_ms: 30_000 };

/** Told with Retry-After, nothing of the request was done: it was one too many (429), or the server could not take it (503). */
const NOT_TAKEN = new Set([429, 503]);

/**
 * Asks again what a server did not take, when it says to (Retry-After, RFC 9110, 10.2.3), and nothing else: whether a POST that broke off was
 * done, nobody here knows. The last answer is handed on as it is.
 */
export function retrying(send: Send, { attempts, max_wait_ms }: RetryTerms, sleep: (ms: number) => Promise<void>, now: () => number): Send {
  return async (url, init) => {
    for (let attempt = 1; ; attempt++) {
      const response = await send(url, init);
      const wait_ms = NOT_TAKEN.has(response.status) ? waitOf(response.headers.get("retry-after"), now()) : null;
      if (attempt >= attempts || wait_ms === null || wait_ms > max_wait_ms) return response;
      await response.body?.cancel();
      await sleep(wait_ms);
      init.signal?.throwIfAborted();
    }
  };
}

/** Seconds, or a date; null where it says neither. */
function waitOf(retry_after: string | null, now: number): number | null {
  if (retry_after === null) return null;
  if (/^\d+$/.test(retry_after)) return Number(retry_after) * 1_000;
  const date = Date.parse(retry_after);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
