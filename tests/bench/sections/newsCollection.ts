import { createArticleStore } from "../../../functions/adapters/libsql/news/articleStore.ts";
import { createNewsFeeds } from "../../../functions/adapters/libsql/news/newsFeeds.ts";
import { startSqld } from "../../support/databases/sqldProcess.ts";
import { startNewsWorld } from "../../support/news/newsWorld.ts";
import { digits } from "../figures.ts";
import type { Section } from "../section.ts";

/** A weekday morning in Singapore; the sites' last 50 items each lie before it. */
const NOW = Date.UTC(2025, 9, 8, 6, 30);

export const newsCollection: Section = {
  name: "news-collection",
  work: "200 feed items of the four sandbox sites, with their pages",
  note: "four collections at once from Node, real sqld, under the sites' own robots.txt (one request at a time, 100 ms apart), 4 % of one site's answers 503, another's pages 200 to 400 ms late",
  peer: "-",
  budget: "< 60 s",
  run: async () => {
    const sqld = await startSqld();
    const { database } = sqld;
    const stores = () => ({ database, articles: createArticleStore(database), news_feeds: createNewsFeeds(database) });
    const world = await startNewsWorld({ now: NOW, stores });
    try {
      const collect_s = await seconds(() => Promise.all(world.sources.map((source) => world.collect(source))));
      const validate_s = await seconds(() => Promise.all(world.sources.map((source) => world.validate(source))));
      const articles = await world.ports.articles.read({ start: 0, end: NOW + 3_600_000 });
      const traffic = Object.values(await world.traffic());
      const requests = traffic.reduce((sum, { requests: one = 0 }) => sum + one, 0);
      const impolite = traffic.reduce((sum, { faster_than_crawl_delay: one = 0 }) => sum + one, 0);
      const text = `${digits(collect_s)} s for ${requests} requests (${impolite} sooner than asked), ${digits(validate_s)} s to parse ${articles.length} articles`;
      return [{ label: "collect and validate", text, values: { collect_s, validate_s, requests, impolite, articles: articles.length } }];
    } finally {
      await Promise.all([world.stop(), sqld.stop()]);
    }
  },
};

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
