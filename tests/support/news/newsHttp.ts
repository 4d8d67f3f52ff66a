import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { createNewsHosts } from "../../../functions/adapters/libsql/news/newsHosts.ts";
import type { NewsHttp } from "../../../functions/adapters/news/newsHttp.ts";
import { userAgentOf } from "../../../functions/adapters/news/userAgent.ts";
import { systemTimers } from "../../../functions/adapters/systemTimers.ts";

/** The real means of the news fetcher on real time, for servers of this machine. */
export function newsHttp(database: Database, allowed_origins: readonly string[], options: Partial<NewsHttp> = {}): NewsHttp {
  return {
    fetch,
    hosts: createNewsHosts(database),
    clock: { now: () => Date.now() },
    timers: systemTimers,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    newToken: () => crypto.randomUUID(),
    user_agent: userAgentOf(undefined),
    allowed_origins,
    ...options,
  };
}
