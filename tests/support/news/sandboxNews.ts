import { createSandbox } from "../../../data/sandbox/createSandbox.ts";
import { NEWS_SITE_IDS } from "../../../data/sandbox/news/sites.ts";
import { readHere } from "../../../functions/pipelines/news_features/readArticles.ts";
import type { Article } from "../../../shared/domain/article.ts";
import { createClock } from "../../../shared/domain/clock.ts";
import { DAY, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import { articlesOfLine } from "../../../shared/news/feeds/articlesOfLine.ts";
import { interpretArticle } from "../../../shared/news/interpretArticle.ts";
import { nearDuplicates } from "../../../shared/news/nearDuplicates.ts";
import type { SilverArticle } from "../../../shared/news/silverArticle.ts";

/** Longest span of one request to an archive. */
const SPAN_MS = 31 * DAY;

/** Articles of the sandbox's four sites by the road of a replay: their archives, and the parsing of bronze. Ascending as the store gives them. */
export async function readSandboxNews(signal: number, window: TimeWindow, seed = 1): Promise<readonly Article[]> {
  const sandbox = createSandbox({ clock: createClock(window.end, () => 0), seed, signal, sleep: async () => {} });
  const articles: Article[] = [];
  for (const site of NEWS_SITE_IDS) {
    for (let start = window.start; start < window.end; start += SPAN_MS) {
      const span = { start, end: Math.min(start + SPAN_MS, window.end) };
      articles.push(...(await readSpan(sandbox, site, span)));
    }
  }
  return articles.sort((a, b) => a.available_at - b.available_at || (a.article_id < b.article_id ? -1 : 1));
}

/** Their silver as the pipeline makes it without a sidecar: read by the lexicon, interpreted, near-duplicates marked. */
export async function readSandboxSilver(signal: number, window: TimeWindow, seed = 1): Promise<readonly SilverArticle[]> {
  const articles = (await readSandboxNews(signal, window, seed)).filter((article) => article.is_relevant);
  const duplicates = nearDuplicates(articles);
  return articles.map((article) => ({
    ...interpretArticle({ article, score: readHere({ article, market: null }) }),
    duplicate_of: duplicates.get(article.article_id) ?? null,
  }));
}

async function readSpan(sandbox: ReturnType<typeof createSandbox>, site: string, span: TimeWindow): Promise<Article[]> {
  const url = `http://127.0.0.1/news/${site}/archive.xml?from=${toIso(span.start)}&to=${toIso(span.end)}`;
  const response = await sandbox.request(url);
  // One of the sites fails now and then, on purpose.
  if (response.status === 503 || response.status === 500) return readSpan(sandbox, site, span);
  if (!response.ok) throw new Error(`the sandbox's archive of ${site} answered ${response.status}: ${await response.text()}`);
  const answer = { status: 200, content_type: null, etag: null, last_modified: null, fetched_at: span.end };
  const line = { kind: "feed" as const, url, final_url: url, ...answer, body: await response.text(), span, elsewhere: [] };
  return articlesOfLine(line, { source: site, language: "en" }).map(({ outcome }) => {
    if ("reason" in outcome) throw new Error(`the sandbox sent an article that is refused: ${outcome.reason}, ${outcome.detail}`);
    return outcome;
  });
}
