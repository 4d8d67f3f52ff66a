import type { Instant } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { deepestMessage } from "../deepestMessage.ts";
import { retryAfterMs } from "../retryAfterMs.ts";
import { NEWS_LIMITS, type NewsHttp } from "./newsHttp.ts";
import { type ReadLimits, readLimited } from "./readLimited.ts";

/** One answer of a server, redirects included as they are. */
export interface Exchange {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly at: Instant;
}

/** Sends one GET, follows nothing, and reads at most `limits`. Whatever goes wrong on the way is an AppError with the address in it. */
export async function exchange(
  http: NewsHttp,
  url: URL,
  headers: Record<string, string>,
  limits: Omit<ReadLimits, "idle_ms">,
): Promise<Exchange> {
  const { total_ms, idle_ms } = { ...NEWS_LIMITS, ...http.limits };
  const controller = new AbortController();
  const cancel = http.timers.after(total_ms, () =>
    controller.abort(new AppError("source_unavailable", `no whole answer in ${total_ms} ms`)),
  );
  // Called bare: the runtime's fetch does not work as a method of another object.
  const { fetch } = http;
  try {
    const response = await fetch(url, {
      headers: { ...headers, "user-agent": http.user_agent },
      redirect: "manual",
      signal: controller.signal,
    });
    const bytes = await readBody(http, response, { ...limits, idle_ms });
    return { status: response.status, headers: response.headers, bytes, at: http.clock.now() };
  } catch (error) {
    throw describe(url, controller.signal.aborted ? controller.signal.reason : error);
  } finally {
    cancel();
  }
}

/** The body of anything but a success says nothing that is used. */
async function readBody(http: NewsHttp, response: Response, limits: ReadLimits): Promise<Uint8Array> {
  if (response.status >= 200 && response.status < 300) return readLimited(response, limits, http.timers);
  await response.body?.cancel();
  return new Uint8Array();
}

function describe(url: URL, error: unknown): AppError {
  if (error instanceof AppError) {
    const is_unavailable = error.code === "source_unavailable";
    const options = { status: is_unavailable ? 503 : error.status, retryable: is_unavailable, details: error.details, cause: error };
    return new AppError(error.code, `${url.href}: ${error.message}`, options);
  }
  return new AppError("source_unavailable", `${url.href} could not be reached: ${deepestMessage(error)}`, {
    status: 503,
    retryable: true,
    cause: error,
  });
}

/** An answer that is no document, as the error it is: 429 and 5xx pass by themselves, other refusals do not. */
export function refusalOf(url: URL, { status, headers }: Exchange, now: Instant): AppError {
  const is_passing = status === 408 || status === 425 || status === 429 || status >= 500;
  const retry_after_ms = retryAfterMs(headers, now);
  return new AppError(is_passing ? "source_unavailable" : "source_rejected", `${url.href} answered ${status}`, {
    status: is_passing ? 503 : 502,
    retryable: is_passing,
    details: { status },
    ...(retry_after_ms === null ? {} : { retry_after_ms }),
  });
}
