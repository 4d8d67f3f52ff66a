import type { NewsSource } from "../shared/domain/newsSource.ts";
import { DEFAULT_NEWS_SOURCES, parseNewsFeeds, sandboxNewsSources } from "../shared/news/feeds/newsSources.ts";
import type { Settings } from "./environment.ts";

/**
 * Where news is read from: the sandbox's sites beside simulated candles, the four publishers beside a live source's, nothing beside imported
 * ones (nothing is collected live then); and what NEWS_FEEDS adds or takes away.
 */
export function newsSourcesOf(settings: Pick<Settings, "MARKET_ORIGIN" | "NEWS_SANDBOX_URL" | "NEWS_FEEDS">): readonly NewsSource[] {
  return parseNewsFeeds(settings.NEWS_FEEDS, baseOf(settings));
}

function baseOf({ MARKET_ORIGIN, NEWS_SANDBOX_URL }: Pick<Settings, "MARKET_ORIGIN" | "NEWS_SANDBOX_URL">): readonly NewsSource[] {
  if (MARKET_ORIGIN === "sandbox") return NEWS_SANDBOX_URL === undefined ? [] : sandboxNewsSources(NEWS_SANDBOX_URL);
  return MARKET_ORIGIN === "import" ? [] : DEFAULT_NEWS_SOURCES;
}
