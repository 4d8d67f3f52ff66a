import { invalidParameter } from "./mlflowErrors.ts";

/** A page of a search: one row more than `limit` is read, and says whether there is a next one. */
export interface SearchPage {
  readonly limit: number;
  readonly offset: number;
}

/** Where the page of a token begins; an absent or empty token is the first page. */
export function offsetOf(page_token: string | undefined): number {
  if (!page_token) return 0;
  const offset = decode(page_token);
  if (typeof offset === "number" && Number.isSafeInteger(offset) && offset > 0) return offset;
  throw invalidParameter("Invalid page token: it is none that a search has given.");
}

/** The rows of a page, and the token of the next one where there is one: MLflow's clients ask until there is none. */
export function pageOf<Row>(rows: readonly Row[], { limit, offset }: SearchPage): { rows: readonly Row[]; next_page_token?: string } {
  if (rows.length <= limit) return { rows };
  return { rows: rows.slice(0, limit), next_page_token: btoa(JSON.stringify({ offset: offset + limit })) };
}

function decode(page_token: string): unknown {
  try {
    return (JSON.parse(atob(page_token)) as { readonly offset?: unknown } | null)?.offset;
  } catch {
    throw invalidParameter("Invalid page token, could not base64-decode");
  }
}
