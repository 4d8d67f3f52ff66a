import { AppError } from "../../errors.ts";

export const NEWS_ORIGINS_VARIABLE = "NEWS_ALLOWED_ORIGINS";

/**
 * Origins of NEWS_ALLOWED_ORIGINS, which news may be read from although they are not public: a desk's own feed on this machine, on another
 * port, or in the company's network. With commas between them: http://127.0.0.1:9000,http://feeds.desk.local
 */
export function parseNewsOrigins(text: string | undefined): readonly string[] {
  const entries = (text ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  return entries.map(toOrigin);
}

/** What to do about a feed that is refused because its address is not public, if it is one's own. */
export function ownFeedHint(address: string): string {
  const origin = URL.parse(address)?.origin;
  return origin?.startsWith("http") ? ` If it is your own feed, allow its site: ${NEWS_ORIGINS_VARIABLE}=${origin}` : "";
}

function toOrigin(entry: string): string {
  const url = URL.parse(entry);
  const is_origin = url && /^https?:$/.test(url.protocol) && url.pathname === "/" && `${url.search}${url.hash}${url.username}` === "";
  if (is_origin) return url.origin;
  throw new AppError(
    "invalid_request",
    `${NEWS_ORIGINS_VARIABLE}: "${entry.slice(0, 120)}" is not the origin of a site, such as http://127.0.0.1:9000, without a path.`,
    { status: 422, details: { field: NEWS_ORIGINS_VARIABLE } },
  );
}
