import { createClient } from "@libsql/client/web";
import { drizzle } from "drizzle-orm/libsql/web";
import { AppError } from "../../../shared/errors.ts";

/**
 * The libSQL database over HTTP: sqld on one machine, Turso in production.
 * The server compresses on request, and brotli of a large answer takes half a minute: identity is asked for always.
 */
export function createDatabase(url: string, auth_token?: string) {
  const client = createClient({
    url,
    ...(auth_token ? { authToken: auth_token } : {}),
    intMode: "number",
    fetch: fetchIdentity,
  });
  return drizzle(client);
}

export type Database = ReturnType<typeof createDatabase>;

/** Runs a query and turns a failed connection into store_unavailable, which a caller may retry. */
export async function withStore<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("store_unavailable", `The database did not answer: ${rootMessage(error)}`, {
      status: 503,
      retryable: true,
      cause: error,
    });
  }
}

function rootMessage(error: unknown): string {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  return deepest instanceof Error ? deepest.message : String(deepest);
}

function fetchIdentity(input: Request | URL | string, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  request.headers.set("accept-encoding", "identity");
  return fetch(request);
}
