import { SECOND } from "../../../../shared/domain/instant.ts";
import { CRAWL_DELAY_MS, NEWS_SITES } from "../sites.ts";

/** The rules of the one host that all four sites share. */
export function robotsText(): string {
  const closed = NEWS_SITES.map(({ id }) => `Disallow: /news/${id}/members/`);
  return ["User-agent: *", `Crawl-delay: ${CRAWL_DELAY_MS / SECOND}`, ...closed, "Allow: /news/", ""].join("\n");
}
