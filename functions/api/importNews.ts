import { type ImportedArticle, importNewsRoute, MAX_NEWS_IMPORT_LINES } from "../../shared/contracts/importNews.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { Article } from "../../shared/domain/article.ts";
import { counted } from "../../shared/domain/counted.ts";
import { toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { ImportLine } from "../../shared/news/feeds/newsLine.ts";
import { nearDuplicates } from "../../shared/news/nearDuplicates.ts";
import { parseJsonLine } from "../pipelines/common/parseJsonLine.ts";
import { storeNewsBronze } from "../pipelines/data_collection/news/storeNewsBronze.ts";
import { writeArticles } from "../pipelines/data_collection/news/writeArticles.ts";
import { readHere } from "../pipelines/news_features/readArticles.ts";
import type { Ports } from "../pipelines/ports.ts";

/** Source of records that name none. */
const IMPORT_SOURCE = "import";

/** Recorded news, by the same road as collected ones. */
export function importNewsRoutes(ports: Pick<Ports, "bars" | "lake" | "articles" | "clock">): MountedRoute {
  return handle(importNewsRoute, async ({ query: { trust_published }, body }) => {
    const lines = requireLines(body);
    // Real news beside simulated prices would say nothing of either.
    await ports.bars.claimMarket("import", "news");
    const now = ports.clock.now();
    const records = lines.map((line): ImportLine => {
      return { kind: "import", fetched_at: now, trust_published: trust_published === "true", record: parseJsonLine(line) };
    });
    const object = await storeNewsBronze(ports, IMPORT_SOURCE, records, { start: now, end: now });
    const counts = await writeArticles(ports, object, { source: IMPORT_SOURCE, language: null });
    const { inserted, unchanged, reasons, articles } = counts;
    return { read: lines.length, inserted, unchanged, rejected: { ...reasons }, articles: viewsOf(articles) };
  });
}

function requireLines(text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) throw invalidBody("has no line. Send NDJSON, one article a line.");
  if (lines.length > MAX_NEWS_IMPORT_LINES)
    throw invalidBody(`has ${counted(lines.length, "line")}; at most ${MAX_NEWS_IMPORT_LINES} a call.`);
  return lines;
}

function invalidBody(problem: string): AppError {
  return new AppError("invalid_request", `body: ${problem}`, { status: 422, details: { field: "body" } });
}

function viewsOf(articles: readonly Article[]): ImportedArticle[] {
  const duplicates = nearDuplicates(articles);
  return articles.map((article) => ({
    article_id: article.article_id,
    source: article.source,
    title: article.title,
    language: article.language,
    relevance: article.relevance,
    is_relevant: article.is_relevant,
    matched_terms: [...article.matched_terms],
    published_at: toIsoOrNull(article.published_at),
    published_problem: article.published_problem,
    available_at: toIso(article.available_at),
    duplicate_of: duplicates.get(article.article_id) ?? null,
    reading: readingOf(article),
  }));
}

/** FinGPT's takes seconds an article on a CPU, and comes with the pipeline; the lexicon's is there at once, and says whose it is. */
function readingOf(article: Article): ImportedArticle["reading"] {
  const { sentiment_score, confidence } = readHere({ article, market: null });
  return { engine: "lexicon", sentiment_score, confidence };
}
