import { createClient } from "@libsql/client/web";
import { drizzle } from "drizzle-orm/libsql/web";
import { FREE_SPACE } from "../../../shared/domain/freeSpace.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { rootCause } from "../rootCause.ts";
import { gateWrites } from "./gateWrites.ts";
import { useNativeBase64 } from "./nativeBase64.ts";
import { createWriteGate } from "./writeGate.ts";

/**
 * The client would hold back what goes beyond 20 requests at once, and send it when another ends: in a Worker that is within the other's
 * I/O context, and when that one is over, the answer never comes and the task hangs until its timeout. (0 would mean 20 to it.)
 */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

/**
 * The end of a call's answer comes within this, or the call is given up: a database may be silent (a stopped process, a writer that holds
 * all others back). The longest calls, of which a year's training set is one, take a second or two.
 */
const LIMIT_MS = 30 * SECOND;

useNativeBase64();

export interface DatabaseWay {
  /** Milliseconds that a call has; LIMIT_MS unless given. */
  readonly limit_ms?: number;
  /** What asks; the global one unless given. */
  readonly fetch?: typeof fetch;
}

/**
 * The libSQL database over HTTP: sqld on one machine, Turso in production.
 * The server compresses on request, and brotli of a large answer takes half a minute: identity is asked for always.
 * What was given up may still be done when the database wakes, as what a killed Worker asked for may be done after its end: so every
 * write is one that may come twice, or that wants the token of a lease.
 */
export function createDatabase(url: string, auth_token?: string, { limit_ms = LIMIT_MS, fetch: send = fetch }: DatabaseWay = {}) {
  const client = createClient({
    url,
    ...(auth_token ? { authToken: auth_token } : {}),
    intMode: "number",
    fetch: (input: Request | URL | string, init?: RequestInit) => fetchIdentity(send, input, init, limit_ms),
    concurrency: UNLIMITED,
  });
  return drizzle(gateWrites(client, createWriteGate(), limit_ms));
}

export type Database = ReturnType<typeof createDatabase>;

/**
 * Runs a query. A database that cannot be reached, or is busy, becomes store_unavailable, which a caller may retry; a
 * statement that it refuses is a fault of this code and stays one.
 */
export async function withStore<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const deepest = rootCause(error);
    const message = deepest instanceof Error ? deepest.message : String(deepest);
    if (isRefusal(deepest)) throw new AppError("internal", `The database refused a statement: ${message}`, { cause: error });
    const text = isOfDisk(deepest) ? `The database could not write: ${message}. ${FREE_SPACE}` : `The database did not answer: ${message}`;
    throw new AppError("store_unavailable", text, { status: 503, retryable: true, cause: error });
  }
}

/** SQLITE_IOERR is what sqld answers where its own log finds no room. */
function isOfDisk(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR|READONLY)/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** SQLite's own codes say that the statement arrived; only "busy" and "locked" pass by themselves. */
function isRefusal(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith("SQLITE_") && !/^SQLITE_(BUSY|LOCKED)/.test(code) && !isOfDisk(error);
}

function fetchIdentity(
  send: typeof fetch,
  input: Request | URL | string,
  init: RequestInit | undefined,
  limit_ms: number,
): Promise<Response> {
  const request = new Request(input, init);
  request.headers.set("accept-encoding", "identity");
  return send(request, { signal: AbortSignal.timeout(limit_ms) });
}
