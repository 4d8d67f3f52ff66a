import { and, asc, eq, getTableColumns, gt, lte, min, not, type SQL, sql } from "drizzle-orm";
import { MAX_SENTIMENT_CHARACTERS } from "../../../../shared/contracts/sentiment.ts";
import type { Article } from "../../../../shared/domain/article.ts";
import { counted } from "../../../../shared/domain/counted.ts";
import type { TimeWindow } from "../../../../shared/domain/instant.ts";
import type { SentimentEngine } from "../../../../shared/domain/sentimentEngine.ts";
import type { SilverArticle } from "../../../../shared/news/silverArticle.ts";
import type { ArticlePosition } from "../../../../shared/ports/articleStore.ts";
import type { Clock } from "../../../../shared/ports/clock.ts";
import type { ScoredArticle, SentimentStore } from "../../../../shared/ports/sentimentStore.ts";
import { type Database, withStore } from "../database.ts";
import { createEffect } from "../effects.ts";
import { storeFacts } from "../schema/market.ts";
import { articleScores, articles, newsSilver } from "../schema/news.ts";
import { upsertNews } from "./newsUpsert.ts";
import { fromScore, fromSilver, SCORES, SILVER, toArticle, toScore, toSilver } from "./sentimentStoreRows.ts";

const RESCORE_FACT = "news_rescore_requested";
/** Articles a query: under 6 MB of an answer that sqld cuts off at 10 MB, with texts of three bytes a character. */
const PAGE_ARTICLES = 100;
const PAGE_SILVER = 2_000;

const { object_key: _o, ingested_at: _i, ...ARTICLE } = getTableColumns(articles);
/** As much of the text as any reader takes. */
const ARTICLE_COLUMNS = { ...ARTICLE, body: sql<string>`substr(${articles.body}, 1, ${sql.raw(String(MAX_SENTIMENT_CHARACTERS))})` };

/** Scores and silver of news in libSQL. `clock` gives ingested_at, which no reader of them looks at. */
export function createSentimentStore(database: Database, clock: Clock): SentimentStore {
  return {
    unscored: (window, engine, limit) => withStore(() => readUnscored(database, window, engine, limit)),
    prepareScores: (scores) =>
      createEffect(database, `${scores.length} article scores`, upsertNews(SCORES, scores.map(fromScore), clock.now())),
    scored: (window, after, limit) => withStore(() => readScored(database, window, after, limit)),
    prepareSilver: (rows) =>
      createEffect(database, counted(rows.length, "silver article"), upsertNews(SILVER, rows.map(fromSilver), clock.now())),
    silver: (window) => withStore(() => readSilver(database, window)),
    firstSilver: () =>
      withStore(async () => {
        const [row] = await database.select({ first: min(newsSilver.available_at) }).from(newsSilver);
        return row?.first ?? null;
      }),
    lexiconOnly: () => withStore(() => lexiconOnly(database)),
    rescoreRequested: () =>
      withStore(async () => {
        const [fact] = await database.select().from(storeFacts).where(eq(storeFacts.key, RESCORE_FACT));
        return fact ? (JSON.parse(fact.value) as TimeWindow) : null;
      }),
    prepareRescoreRequest: (span) => createEffect(database, "the request for a rescoring", [rescoreStatement(span)]),
  };
}

function readUnscored(database: Database, window: TimeWindow, engine: SentimentEngine, limit: number): Promise<readonly Article[]> {
  const score = sql`EXISTS (SELECT 1 FROM ${articleScores} s WHERE s.article_id = ${articles.article_id}
    AND s.available_at = ${articles.available_at} AND (s.engine = 'fingpt' OR s.engine = ${engine}))`;
  return inPages(limit, PAGE_ARTICLES, null, async (after, count) => {
    const rows = await database
      .select(ARTICLE_COLUMNS)
      .from(articles)
      .where(and(eq(articles.is_relevant, 1), ...within(articles, window), isAfter(articles, after), not(score)))
      .orderBy(asc(articles.available_at), asc(articles.article_id))
      .limit(count);
    return rows.map(toArticle);
  });
}

async function readScored(
  database: Database,
  window: TimeWindow,
  after: ArticlePosition | null,
  limit: number,
): Promise<readonly ScoredArticle[]> {
  const best = sql`${articleScores.engine} = (SELECT s.engine FROM ${articleScores} s WHERE s.article_id = ${articles.article_id}
    AND s.available_at = ${articles.available_at} ORDER BY s.engine = 'fingpt' DESC LIMIT 1)`;
  const read = await inPages(limit, PAGE_ARTICLES, after, async (position, count) => {
    const rows = await database
      .select({ article: ARTICLE_COLUMNS, score: getTableColumns(articleScores) })
      .from(articles)
      .innerJoin(articleScores, and(eq(articleScores.article_id, articles.article_id), best))
      .where(and(...within(articles, window), isAfter(articles, position)))
      .orderBy(asc(articles.available_at), asc(articles.article_id))
      .limit(count);
    return rows.map(({ article, score }) => ({ ...positionOf(article), article: toArticle(article), score: toScore(score) }));
  });
  return read.map(({ article, score }) => ({ article, score }));
}

function readSilver(database: Database, window: TimeWindow): Promise<readonly SilverArticle[]> {
  return inPages(Number.POSITIVE_INFINITY, PAGE_SILVER, null, async (after, count) => {
    const rows = await database
      .select()
      .from(newsSilver)
      .where(and(...within(newsSilver, window), isAfter(newsSilver, after)))
      .orderBy(asc(newsSilver.available_at), asc(newsSilver.article_id))
      .limit(count);
    return rows.map(toSilver);
  });
}

async function lexiconOnly(database: Database): Promise<TimeWindow | null> {
  const [row] = await database.all<{ start: number | null; end: number | null }>(sql`
    SELECT min(available_at) AS start, max(available_at) AS end FROM ${articleScores} l WHERE engine = 'lexicon' AND NOT EXISTS
      (SELECT 1 FROM ${articleScores} f WHERE f.article_id = l.article_id AND f.engine = 'fingpt')`);
  return row && typeof row.start === "number" && typeof row.end === "number" ? { start: row.start, end: row.end } : null;
}

function rescoreStatement(span: TimeWindow | null) {
  if (span === null) return { sql: "DELETE FROM store_facts WHERE key = ?", args: [RESCORE_FACT] };
  return {
    sql: "INSERT INTO store_facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    args: [RESCORE_FACT, JSON.stringify(span)],
  };
}

/** Reads page after page until there is no more or `limit` is reached: an answer of the database has a largest size. */
async function inPages<Row extends ArticlePosition>(
  limit: number,
  page_rows: number,
  after: ArticlePosition | null,
  read: (after: ArticlePosition | null, count: number) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const all: Row[] = [];
  while (all.length < limit) {
    const count = Math.min(page_rows, limit - all.length);
    const page = await read(all.at(-1) ?? after, count);
    all.push(...page);
    if (page.length < count) break;
  }
  return all;
}

function positionOf({ available_at, article_id }: ArticlePosition): ArticlePosition {
  return { available_at, article_id };
}

type Positioned = Pick<typeof articles, "available_at" | "article_id"> | Pick<typeof newsSilver, "available_at" | "article_id">;

function within(table: Positioned, { start, end }: TimeWindow): SQL[] {
  return [gt(table.available_at, start), lte(table.available_at, end)];
}

function isAfter(table: Positioned, after: ArticlePosition | null): SQL | undefined {
  return after === null ? undefined : sql`(${table.available_at}, ${table.article_id}) > (${after.available_at}, ${after.article_id})`;
}
