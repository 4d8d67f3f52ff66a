import type { Send } from "./askRoute.ts";

export interface RetryTerms {
  /** Requests in all, the first one too. */
  readonly attempts: number;
  /** Who is told to wait longer than that is told so instead. */
  readonly max_wait_ms: number;
}

export const DEFAULT_RETRY: RetryTerms = { attempts: 3, max_wait_ms: 30_000 };

export interface RetryTools {
  /** Rejects when the signal ends it. */
  sleep(ms: number, signal: AbortSignal | null | undefined): Promise<void>;
  now(): number;
}

/** Refused before anything was done. */
const TOO_MANY = 429;
/** When to ask again, which does not say that nothing was done: whoever gave up on a part of its own does not know. */
const AWAY = 503;

/**
 * Asks again when the server says to (Retry-After, RFC 9110, 10.2.3): after 429, and after 503 what may be asked twice (`is_repeatable`). Whether
 * another request that broke off was done, nobody here knows. The last answer is handed on as it is.
 */
export function retrying(send: Send, is_repeatable: boolean, { attempts, max_wait_ms }: RetryTerms, { sleep, now }: RetryTools): Send {
  const asked_again = is_repeatable ? [TOO_MANY, AWAY] : [TOO_MANY];
  return async (url, init) => {
    for (let attempt = 1; ; attempt++) {
      const response = await send(url, init);
      const wait_ms = asked_again.includes(response.status) ? waitOf(response.headers.get("retry-after"), now()) : null;
      if (attempt >= attempts || wait_ms === null || wait_ms > max_wait_ms) return response;
      await response.body?.cancel();
      await sleep(wait_ms, init.signal);
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
