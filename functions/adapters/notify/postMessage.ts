import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { deepestMessage } from "../deepestMessage.ts";
import { retryAfterMs } from "../retryAfterMs.ts";

export interface PostOptions {
  readonly fetch: typeof fetch;
  readonly timeout_ms?: number;
}

const TIMEOUT_MS = 10 * SECOND;
const EXCERPT = 160;
/** Of a receiver that asks for less without saying for how long. */
const DEFAULT_PAUSE_MS = 30 * SECOND;

/** Posts JSON once. What was not taken is source_unavailable or source_rejected, with what `receiver` said; its address is a secret, and in no message. */
export async function postMessage(
  { fetch, timeout_ms = TIMEOUT_MS }: PostOptions,
  receiver: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<void> {
  const signal = AbortSignal.timeout(timeout_ms);
  const request = { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
  let status: number;
  let said: string;
  let retry_after_ms: number | null;
  try {
    // A token is not to follow to another address.
    const response = await fetch(url, { ...request, redirect: "manual", signal });
    [status, said, retry_after_ms] = [response.status, (await response.text()).trim(), retryAfterMs(response.headers, null)];
    if (response.ok) return;
  } catch (cause) {
    const timed_out = cause instanceof Error && cause.name === "TimeoutError";
    const why = timed_out ? `no answer in ${timeout_ms} ms` : deepestMessage(cause).replaceAll(url, "its address");
    throw new AppError("source_unavailable", `${receiver} could not be reached: ${why}`, { status: 503, cause });
  }
  if (status === 429 || status === 503) throw asksForPause(receiver, status, retry_after_ms ?? DEFAULT_PAUSE_MS);
  throw new AppError("source_rejected", `${receiver} answered ${status}: ${said.slice(0, EXCERPT) || "(an empty body)"}`, { status: 502 });
}

function asksForPause(receiver: string, status: number, retry_after_ms: number): AppError {
  const message = `${receiver} answered ${status}: it is to be asked again in ${Math.ceil(retry_after_ms / SECOND)} s`;
  return new AppError("source_unavailable", message, { status: 503, retryable: true, retry_after_ms });
}
