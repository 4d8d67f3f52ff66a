import { z } from "zod";
import { readProblem } from "../../shared/contracts/route/readProblem.ts";
import type { ClientRequest } from "../../shared/contracts/route/requestOf.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { AppError, type ErrorCode } from "../../shared/errors.ts";
import { deepestMessage } from "./deepestMessage.ts";
import { retryAfterMs } from "./retryAfterMs.ts";

export interface SidecarOptions {
  readonly base_url: string;
  /** SIDECAR_TOKEN, where the sidecar asks for one. */
  readonly token?: string | null;
  readonly fetch: typeof fetch;
  readonly timeout_ms?: number;
}

const TIMEOUT_MS = 30 * SECOND;

/** The codes that the sidecar may answer with; a code that this version does not know becomes `internal`. */
const KNOWN_CODES: ReadonlySet<string> = new Set([
  "bad_json",
  "body_too_large",
  "cancelled",
  "dataset_unknown",
  "deadline_exceeded",
  "forbidden",
  "invalid_request",
  "job_lost",
  "job_not_ready",
  "job_unknown",
  "library_missing",
  "not_enough_data",
  "not_found",
  "queue_full",
  "schema_mismatch",
  "store_unavailable",
  "training_failed",
] satisfies ErrorCode[]);

/** Codes of a state that stays until someone acts. */
const LASTING: ReadonlySet<string> = new Set(["cancelled", "job_lost", "library_missing", "training_failed"] satisfies ErrorCode[]);

/** One exchange whose answer is JSON of the contract. */
export async function sendJson<Value>(options: SidecarOptions, request: ClientRequest, schema: z.ZodType<Value>): Promise<Value> {
  const { path } = request;
  const bytes = await sendBytes(options, request);
  const parsed = schema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (parsed.success) return parsed.data;
  throw new AppError("sidecar_unavailable", `${path}: the sidecar's answer is not of the contract: ${z.prettifyError(parsed.error)}`, {
    status: 503,
    retryable: true,
    details: { path },
  });
}

/** One exchange; throws the sidecar's own error with its code, or sidecar_unavailable. */
export async function sendBytes(options: SidecarOptions, request: ClientRequest): Promise<Uint8Array> {
  const { response, bytes } = await exchange(options, request);
  if (response.ok) return bytes;
  throw toError(request.path, response, new TextDecoder().decode(bytes));
}

/** What has no answer (nothing listens, the connection breaks, the time is up) is sidecar_unavailable. */
async function exchange({ base_url, token, timeout_ms = TIMEOUT_MS, ...options }: SidecarOptions, { path, ...request }: ClientRequest) {
  // Called bare: workerd refuses its fetch as a method of another object.
  const { fetch } = options;
  const headers = new Headers(request.headers);
  if (token) headers.set("authorization", `Bearer ${token}`);
  try {
    const response = await fetch(`${base_url.replace(/\/+$/, "")}${path}`, {
      ...request,
      headers,
      signal: AbortSignal.timeout(timeout_ms),
    });
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (cause) {
    const timed_out = cause instanceof Error && cause.name === "TimeoutError";
    const why = timed_out ? `no answer in ${timeout_ms} ms` : deepestMessage(cause);
    throw new AppError("sidecar_unavailable", `The sidecar at ${base_url} cannot be reached: ${why}`, {
      status: 503,
      retryable: true,
      cause,
    });
  }
}

/** The sidecar's own error with its code; where something else answered (a proxy, say), sidecar_unavailable or internal. */
function toError(path: string, { status, headers }: Response, body: string): AppError {
  const said = readProblem(parseJson(body));
  if (!said) {
    const is_down = status >= 500;
    const message = `${path}: the sidecar answered ${status} without an error body: ${body.slice(0, 160)}`;
    return new AppError(is_down ? "sidecar_unavailable" : "internal", message, { status: is_down ? 503 : 502, retryable: is_down });
  }
  const { code, message, details } = said;
  const known = KNOWN_CODES.has(code);
  // The sidecar gives seconds, so that no clock is needed here.
  const retry_after_ms = retryAfterMs(headers, null);
  return new AppError(known ? (code as ErrorCode) : "internal", known ? message : `${code}: ${message}`, {
    status,
    // Asking again changes nothing about a missing library or a job that failed, though both answer with a 5xx.
    retryable: code === "job_not_ready" || ((status === 429 || status >= 500) && !LASTING.has(code)),
    details,
    ...(retry_after_ms === null ? {} : { retry_after_ms }),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
