import { and, asc, eq, gt, inArray, isNull, lte, or } from "drizzle-orm";
import type { Article, ArticleAccess, TextSource } from "../../../../shared/domain/article.ts";
import { chunksOf } from "../../../../shared/domain/chunksOf.ts";
import type { TimeWindow } from "../../../../shared/domain/instant.ts";
import type { ArticlePosition, ArticleStore, NewsObject } from "../../../../shared/ports/articleStore.ts";
import { type Database, withStore } from "../database.ts";
import { articles, newsObjects } from "../schema/news.ts";
import { writeArticles } from "./articleWrite.ts";

/** Articles a query: at 20 kB each this stays within the 10 MB at which sqld cuts an answer off. */
const PAGE_ARTICLES = 400;
/** Ids a query, well under SQLite's limit of variables. */
const CHUNK_IDS = 500;

/** Bronze manifests of news and articles in libSQL. */
export function createArticleStore(database: Database): ArticleStore {
  return {
    addObject: ({ window, ...object }) =>
      withStore(async () => {
        await database
          .insert(newsObjects)
          .values({ ...object, window_start: window.start, window_end: window.end })
          .onConflictDoNothing();
      }),
    pendingObjects: (source, limit) => withStore(() => pendingObjects(database, source, limit)),
    known: (ids) => withStore(() => known(database, ids)),
    write: (write) => withStore(() => writeArticles(database, write)),
    read: (window, options = {}) => withStore(() => readArticles(database, window, options)),
    find: (article_id) =>
      withStore(async () => {
        const [row] = await database.select().from(articles).where(eq(articles.article_id, article_id)).limit(1);
        return row === undefined ? null : toArticle(row);
      }),
  };
}

async function pendingObjects(database: Database, source: string, limit: number): Promise<readonly NewsObject[]> {
  const rows = await database
    .select()
    .from(newsObjects)
    .where(and(eq(newsObjects.source, source), isNull(newsObjects.parsed_at)))
    .orderBy(asc(newsObjects.ingested_at), asc(newsObjects.window_start), asc(newsObjects.key))
    .limit(limit);
  return rows.map(({ window_start, window_end, parsed_at: _, ...row }) => ({ ...row, window: { start: window_start, end: window_end } }));
}

async function known(database: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const chunk of chunksOf([...new Set(ids)], CHUNK_IDS)) {
    const rows = await database
      .select({ article_id: articles.article_id })
      .from(articles)
      .where(inArray(articles.article_id, [...chunk]));
    for (const row of rows) found.add(row.article_id);
  }
  return found;
}

interface ReadOptions {
  readonly relevant_only?: boolean;
  readonly after?: ArticlePosition | null;
  readonly limit?: number;
}

async function readArticles(database: Database, window: TimeWindow, options: ReadOptions): Promise<readonly Article[]> {
  const read: Article[] = [];
  const wanted = options.limit ?? Number.POSITIVE_INFINITY;
  for (let after = options.after ?? null; read.length < wanted; ) {
    const limit = Math.min(PAGE_ARTICLES, wanted - read.length);
    const page = await readPage(database, window, options.relevant_only === true, after, limit);
    read.push(...page);
    const last = page.at(-1);
    if (!last || page.length < limit) break;
    after = last;
  }
  return read;
}

async function readPage(
  database: Database,
  window: TimeWindow,
  relevant_only: boolean,
  after: ArticlePosition | null,
  limit: number,
): Promise<readonly Article[]> {
  const { available_at, article_id } = articles;
  const rows = await database
    .select()
    .from(articles)
    .where(
      and(
        gt(available_at, window.start),
        lte(available_at, window.end),
        relevant_only ? eq(articles.is_relevant, 1) : undefined,
        after
          ? or(gt(available_at, after.available_at), and(eq(available_at, after.available_at), gt(article_id, after.article_id)))
          : undefined,
      ),
    )
    .orderBy(asc(available_at), asc(article_id))
    .limit(limit);
  return rows.map(toArticle);
}

function toArticle({ object_key: _k, ingested_at: _i, ...row }: typeof articles.$inferSelect): Article {
  return { ...row, text_source: row.text_source as TextSource, access: row.access as ArticleAccess, is_relevant: row.is_relevant === 1 };
}
