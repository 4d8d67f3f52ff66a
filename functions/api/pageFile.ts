import type { PageFile } from "../../shared/ports/pageFiles.ts";

/** Scripts, styles and answers of this server alone; pictures that its styles hold as data. In no frame, and no form of it goes anywhere. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers of a page that may run the scripts of this server. */
export const PAGE_HEADERS = { "content-type": "text/html; charset=utf-8", "content-security-policy": PAGE_POLICY } as const;

/** Asked for again each time, and sent again when it is another; unless the headers say how long it may be kept. */
export function responseOf({ body, etag }: PageFile, headers: Readonly<Record<string, string>>, status = 200): Response {
  return new Response(body, { status, headers: { "cache-control": "no-cache", ...headers, ...(etag === null ? {} : { etag }) } });
}
