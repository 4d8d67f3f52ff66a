import { oandaCandlesResponseSchema, oandaErrorSchema } from "../../shared/contracts/oanda.ts";
import { counted } from "../../shared/domain/counted.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { CandleRequest } from "../../shared/ports/candleSource.ts";
import { deepestMessage } from "./deepestMessage.ts";
import { retryAfterMs } from "./retryAfterMs.ts";
import { type RetryPolicy, retrying } from "./retrying.ts";

export interface OandaHttp {
  /** https://api-fxpractice.oanda.com, https://api-fxtrade.oanda.com, or the sandbox. */
  readonly base_url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number) => Promise<void>;
  /** Uniform in [0, 1), for the jitter. */
  readonly random: () => number;
  /** Wall time for Retry-After dates. */
  readonly clock: { now(): number };
  /** From the first byte sent to the last received. */
  readonly timeout_ms?: number;
  readonly retry?: Partial<RetryPolicy>;
}

export interface OandaAnswer {
  readonly candles: readonly unknown[];
  readonly request_id: string | null;
}

/** Waits stay short enough for one Worker invocation: a longer Retry-After is passed on, and the ledger comes back then. */
const RETRY: RetryPolicy = { max_tries: 5, base_ms: 500, max_wait_ms: 20 * SECOND };
const TIMEOUT_MS = 20 * SECOND;

/** One answer with candles, after as many tries as it takes. */
export function requestCandles(http: OandaHttp, request: CandleRequest, query: URLSearchParams): Promise<OandaAnswer> {
  const base = http.base_url.replace(/\/+$/, "");
  const url = `${base}/v3/instruments/${encodeURIComponent(request.instrument)}/candles?${query}`;
  const { patience } = request;
  const patient = patience === undefined ? http : { ...http, timeout_ms: patience.timeout_ms };
  const policy = { ...RETRY, ...http.retry, ...(patience === undefined ? {} : { max_tries: patience.max_tries }) };
  return retrying(() => tryOnce(patient, request, url), policy, http);
}

/** "Maximum value for 'count' exceeded": OANDA has lowered its limit for a while (2019). */
export function isCountExceeded(error: unknown): boolean {
  return error instanceof AppError && error.code === "source_rejected" && /'?count'?.*exceed/i.test(error.message);
}

async function tryOnce(http: OandaHttp, request: CandleRequest, url: string): Promise<OandaAnswer> {
  const { response, body } = await exchange(http, request, url);
  if (response.ok) return { candles: readEnvelope(request, body), request_id: response.headers.get("requestid") };
  const why = `${request.instrument}: OANDA answered ${response.status}: ${errorMessage(body)}`;
  const details = { status: response.status, instrument: request.instrument };
  if (isTemporary(response.status)) throw unavailable(why, details, retryAfterMs(response.headers, http.clock.now()));
  throw new AppError("source_rejected", `${why}${adviceFor(response.status)}`, { status: 502, retryable: false, details });
}

async function exchange(http: OandaHttp, request: CandleRequest, url: string): Promise<{ response: Response; body: string }> {
  // Called bare: workerd refuses its fetch as a method of another object.
  const { fetch, timeout_ms = TIMEOUT_MS } = http;
  const headers = { authorization: `Bearer ${http.token}`, accept: "application/json", "accept-datetime-format": "RFC3339" };
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeout_ms) });
    return { response, body: await response.text() };
  } catch (cause) {
    const why = cause instanceof Error && cause.name === "TimeoutError" ? `no answer in ${timeout_ms} ms` : deepestMessage(cause);
    throw unavailable(`${request.instrument}: OANDA could not be reached: ${why}`, { instrument: request.instrument }, null, cause);
  }
}

/** The candles of an answer that is about what was asked. A body cut off in the middle is no JSON, and worth another try. */
function readEnvelope(request: CandleRequest, body: string): readonly unknown[] {
  const parsed = oandaCandlesResponseSchema.safeParse(parseJson(body));
  if (!parsed.success) {
    throw unavailable(`${request.instrument}: OANDA's answer is not an answer with candles: ${excerpt(body)}`, {
      instrument: request.instrument,
    });
  }
  const { instrument, granularity, candles } = parsed.data;
  if (instrument === request.instrument && granularity === request.granularity) return candles;
  throw unavailable(`Asked for ${request.instrument} ${request.granularity}, OANDA answered with ${instrument} ${granularity}`, {
    instrument: request.instrument,
  });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function errorMessage(body: string): string {
  const parsed = oandaErrorSchema.safeParse(parseJson(body));
  return parsed.success ? parsed.data.errorMessage : excerpt(body);
}

function excerpt(body: string): string {
  const text = body.trim();
  if (text === "") return "(an empty body)";
  return text.length > 160 ? `${text.slice(0, 160)}… (${counted(text.length, "character")})` : text;
}

function isTemporary(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function adviceFor(status: number): string {
  return status === 401 || status === 403 ? ". Check OANDA_API_TOKEN, and that it belongs to the host of OANDA_API_URL." : "";
}

function unavailable(message: string, details: Record<string, unknown>, retry_after_ms: number | null = null, cause?: unknown): AppError {
  return new AppError("source_unavailable", message, {
    status: 503,
    retryable: true,
    details,
    cause,
    ...(retry_after_ms === null ? {} : { retry_after_ms }),
  });
}
