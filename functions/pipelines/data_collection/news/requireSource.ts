import type { NewsSource } from "../../../../shared/domain/newsSource.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { Ports } from "../../ports.ts";

/** The configured source of a mapped task. One that was taken out of the configuration since the run began is an error that says so. */
export function requireSource(ports: Ports, id: string): NewsSource {
  const source = ports.config.news_sources.find((candidate) => candidate.id === id);
  if (source) return source;
  const known = ports.config.news_sources.map((candidate) => candidate.id).join(", ") || "none";
  throw new AppError("not_found", `There is no news source "${id}". Configured: ${known}. See NEWS_FEEDS.`, {
    status: 404,
    details: { source: id },
  });
}
