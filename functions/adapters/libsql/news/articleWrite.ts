import type { Article } from "../../../../shared/domain/article.ts";
import { chunksOf } from "../../../../shared/domain/chunksOf.ts";
import type { ArticleReject, ArticleWrite } from "../../../../shared/ports/articleStore.ts";
import type { Statement } from "../bulk.ts";
import { columnsOf, jsonColumnsOf } from "../columnsOf.ts";
import type { Database } from "../database.ts";
import { articles } from "../schema/news.ts";

/** Articles a statement: at 20 kB each, 2 MB of JSON. */
const CHUNK_ARTICLES = 100;
const CHUNK_REJECTS = 500;
const RAW_CHARACTERS = 2_000;

const COLUMNS = columnsOf(articles, ["object_key", "ingested_at"]);
const JSON_COLUMNS = jsonColumnsOf(articles);

const VERSION = ["available_at", "first_seen_at", "content_hash"];
const EARLIER = `(${VERSION.map((column) => `excluded.${column}`).join(", ")}) < (${VERSION.map((column) => `articles.${column}`).join(", ")})`;

const COUNT_NEW = `SELECT count(DISTINCT new.value->>0) FROM json_each(?) AS new
  WHERE NOT EXISTS (SELECT 1 FROM articles WHERE article_id = new.value->>0)`;

// The first version is the one that was known first, whatever the order in which versions are written: a later one never takes the place
// of an earlier one, and an earlier one brings its own text with it, since the later text was not known by then.
const UPSERT = `INSERT INTO articles (${COLUMNS.join(", ")}, object_key, ingested_at)
  SELECT ${COLUMNS.map((_, at) => `value->>${at}`).join(", ")}, ?2, ?3 FROM json_each(?1) WHERE true
  ON CONFLICT (article_id) DO UPDATE SET ${[...COLUMNS.filter((column) => column !== "article_id"), "object_key", "ingested_at"].map((column) => `${column} = excluded.${column}`).join(", ")}
  WHERE ${EARLIER}`;

const INSERT_REJECTS = `INSERT INTO article_rejects (object_key, line, item, source, reason, detail, raw, ingested_at)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, ?2 FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`;

const MARK_PARSED = "UPDATE news_objects SET parsed_at = ? WHERE key = ? AND parsed_at IS NULL";

/** The whole of one bronze object, in one transaction and one round trip. */
export async function writeArticles(database: Database, write: ArticleWrite): Promise<{ inserted: number; unchanged: number }> {
  const chunks = chunksOf(firstVersions(write.articles), CHUNK_ARTICLES).map((chunk) => JSON.stringify(chunk.map(toRow)));
  const results = await database.$client.batch(
    [
      // What is new is asked before it is inserted.
      ...chunks.map((json) => ({ sql: COUNT_NEW, args: [json] })),
      ...chunks.map((json) => ({ sql: UPSERT, args: [json, write.object_key, write.ingested_at] })),
      ...rejectStatements(write),
      { sql: MARK_PARSED, args: [write.ingested_at, write.object_key] },
    ],
    "write",
  );
  const inserted = results.slice(0, chunks.length).reduce((sum, result) => sum + Number(result.rows[0]?.[0] ?? 0), 0);
  return { inserted, unchanged: write.articles.length - inserted };
}

/** One version an article, so that a statement never meets the same row twice: the one that was known first. */
function firstVersions(versions: readonly Article[]): readonly Article[] {
  const first = new Map<string, Article>();
  for (const article of versions) {
    const other = first.get(article.article_id);
    if (!other || isEarlier(article, other)) first.set(article.article_id, article);
  }
  return [...first.values()];
}

function isEarlier(a: Article, b: Article): boolean {
  if (a.available_at !== b.available_at) return a.available_at < b.available_at;
  if (a.first_seen_at !== b.first_seen_at) return a.first_seen_at < b.first_seen_at;
  return a.content_hash < b.content_hash;
}

function toRow(article: Article): readonly (string | number | null)[] {
  const row = article as unknown as Readonly<Record<string, unknown>>;
  return COLUMNS.map((column) => {
    const value = row[column];
    if (JSON_COLUMNS.has(column)) return JSON.stringify(value);
    return typeof value === "boolean" ? Number(value) : (value as string | number | null);
  });
}

function rejectStatements(write: ArticleWrite): readonly Statement[] {
  const toReject = ({ object_key, line, item, source, reason, detail, raw }: ArticleReject) => {
    return [object_key, line, item, source, reason, detail, raw.slice(0, RAW_CHARACTERS)];
  };
  return chunksOf(write.rejects, CHUNK_REJECTS).map((chunk) => ({
    sql: INSERT_REJECTS,
    args: [JSON.stringify(chunk.map(toReject)), write.ingested_at],
  }));
}
