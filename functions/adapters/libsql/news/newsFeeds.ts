import { asc, eq } from "drizzle-orm";
import type { FeedAnswer, NewsFeeds } from "../../../../shared/ports/newsFeeds.ts";
import { type Database, withStore } from "../database.ts";
import { newsFeeds } from "../schema/news.ts";

/** State of the feeds in libSQL. */
export function createNewsFeeds(database: Database): NewsFeeds {
  return {
    read: (source) => withStore(() => database.select().from(newsFeeds).where(eq(newsFeeds.source, source)).orderBy(asc(newsFeeds.url))),
    recordAnswer: (answer) => withStore(() => recordAnswer(database, answer)),
    keepValidators: (source, url, { etag, last_modified }) =>
      withStore(async () => {
        const set = { etag, last_modified };
        await database
          .insert(newsFeeds)
          .values({ source, url, ...set })
          .onConflictDoUpdate({ target: [newsFeeds.source, newsFeeds.url], set });
      }),
  };
}

async function recordAnswer(database: Database, { source, url, at, status, error }: FeedAnswer): Promise<void> {
  const set = { last_fetched_at: at, last_status: status, last_error: error, ...(error === null ? { last_success_at: at } : {}) };
  await database
    .insert(newsFeeds)
    .values({ source, url, ...set })
    .onConflictDoUpdate({ target: [newsFeeds.source, newsFeeds.url], set });
}
