import { counted } from "../domain/counted.ts";
import { AppError } from "../errors.ts";
import { type AllowedHosts, isAllowedHost } from "./allowedHosts.ts";

/** What is looked at of a request; a `Request` and Node's alike can be brought into this shape. */
export interface GuardedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
}

/** As Cloudflare has it. The longest that clients of MLflow send, a hundred ids of runs, is a third of it. */
export const MAX_URL_LENGTH = 16 * 1024;

/** Methods that change nothing here, whoever sends them. A browser shows the answer to no other site but those of CORS_ORIGINS. */
const READING = new Set(["GET", "HEAD", "OPTIONS"]);
const NO_ORIGINS: ReadonlySet<string> = new Set();
/** Sec-Fetch-Site of a page of this very origin, and of an address that somebody typed. */
const OWN_SITE = new Set(["same-origin", "none"]);
/** What a page of another site may send without asking first (a preflight, which is answered for pages of CORS_ORIGINS only). */
const SENT_UNASKED = new Set(["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]);

/**
 * Throws when a web page may not have sent this: what listens on a machine's loopback can be reached by every page that is open in a
 * browser there.
 *
 * - The address must not be longer than what anybody has to say in one (414).
 * - The name in Host must be a known one (403). A page whose own name was pointed at 127.0.0.1 (DNS rebinding) has another.
 * - What changes something must not come from another origin (403), which browsers tell in Origin and in Sec-Fetch-Site
 *   (https://www.w3.org/TR/fetch-metadata/). "same-site" is another origin: another port of localhost, for one.
 * - A browser's body must say that it is JSON (400), so that also one that sends neither header has to ask first.
 *
 * curl and programs send neither header, and are asked for the name only. Pages of `cors_origins` may do what this server's own may.
 */
export function guardRequest(request: GuardedRequest, allowed: AllowedHosts, cors_origins: ReadonlySet<string> = NO_ORIGINS): void {
  if (request.url.length > MAX_URL_LENGTH) throw tooLong(request.url.length);
  const host = request.headers.get("host") ?? hostOf(request.url) ?? "";
  if (!isAllowedHost(host, allowed))
    throw forbidden("Host", `"${host.slice(0, 120)}" is not a name of this server. Ask it as ${describe(allowed)}.`);
  if (READING.has(request.method)) return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const is_named = origin !== null && cors_origins.has(origin);
  if (!is_named && site !== null && !OWN_SITE.has(site))
    throw forbidden("Sec-Fetch-Site", "a page of another site must not change anything here.");
  if (!is_named && origin !== null && hostOf(origin) !== host.toLowerCase())
    throw forbidden("Origin", `a page of ${origin.slice(0, 120)} must not change anything here, unless CORS_ORIGINS names it.`);
  if ((origin !== null || site !== null) && SENT_UNASKED.has(mediaTypeOf(request))) throw unaskedBody(mediaTypeOf(request));
}

function tooLong(length: number): AppError {
  const message = `The address has ${counted(length, "character")}; ${MAX_URL_LENGTH} are taken. What is longer is sent in a body.`;
  return new AppError("url_too_long", message, { status: 414 });
}

/** Host with its port where it is not the scheme's own; null for what is no address, "null" as an Origin too. */
function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).host : null;
}

function mediaTypeOf({ headers }: GuardedRequest): string {
  return (headers.get("content-type") ?? "").split(";", 1)[0]!.trim().toLowerCase();
}

function describe(allowed: AllowedHosts): string {
  const names = allowed === "any" ? [] : [...allowed];
  return `${names.join(", ")}, or name it in ALLOWED_HOSTS`;
}

function forbidden(header: string, problem: string): AppError {
  return new AppError("forbidden", `${header}: ${problem}`, { status: 403, details: { header } });
}

function unaskedBody(media_type: string): AppError {
  const sent = media_type === "" ? "no content type" : media_type;
  return new AppError("invalid_request", `Content-Type: a browser sends application/json or application/x-ndjson here; this was ${sent}.`, {
    status: 400,
    details: { header: "Content-Type" },
  });
}
