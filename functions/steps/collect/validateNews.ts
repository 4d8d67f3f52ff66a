import type { Article } from "../../../shared/domain/article.ts";
import { AppError } from "../../../shared/errors.ts";
import { articlesOfLine, type LineOrigin } from "../../../shared/news/feeds/articlesOfLine.ts";
import { newsLineSchema } from "../../../shared/news/feeds/newsLine.ts";
import type { ArticleRefusal } from "../../../shared/news/feeds/toArticle.ts";
import type { ArticleReject, NewsObject } from "../../../shared/ports/articleStore.ts";
import type { PipelineStep, Ports } from "../ports.ts";
import { requireSource } from "./news/requireSource.ts";
import { parseJsonLine } from "./parseJsonLine.ts";

/** Objects that one slice looks at, and bytes after which it ends: about ten pages, or a month of an archive. */
const OBJECTS_A_SLICE = 20;
const BYTES_A_SLICE = 4_000_000;
const RAW_CHARACTERS = 2_000;

/**
 * Makes articles of the source's new bronze objects, or rejects with their reasons. The result does not depend on the order of the
 * objects: of several versions of an article, the store keeps the one that was known first.
 */
export const validateNews: PipelineStep = async (ports, context) => {
  const { id: source, language } = requireSource(ports, context.map_key);
  const pending = await ports.articles.pendingObjects(source, OBJECTS_A_SLICE + 1);
  if (pending.length === 0 && context.cursor === null) return { kind: "skipped", reason: "No new bronze object." };

  const totals = { read: 0, written: 0, unchanged: 0, rejected: 0, relevant: 0, ...context.cursor };
  let bytes = 0;
  let done = 0;
  for (const object of pending.slice(0, OBJECTS_A_SLICE)) {
    if (done > 0 && bytes + object.bytes > BYTES_A_SLICE) break;
    const counts = await writeArticles(ports, object, { source, language });
    bytes += object.bytes;
    done += 1;
    totals.read += counts.read;
    totals.written += counts.inserted;
    totals.unchanged += counts.unchanged;
    totals.rejected += counts.rejected;
    totals.relevant += counts.relevant;
    for (const [reason, count] of Object.entries(counts.reasons)) context.log(`${object.key}: ${count} x ${reason}`);
  }
  return done < pending.length ? { kind: "continue", cursor: totals, report: totals } : { kind: "success", report: totals };
};

export interface ArticleCounts {
  readonly read: number;
  readonly inserted: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly relevant: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly articles: readonly Article[];
}

/** Parses one bronze object and stores its articles and rejects in one transaction. */
export async function writeArticles(ports: Pick<Ports, "lake" | "articles" | "clock">, object: NewsObject, origin: LineOrigin): Promise<ArticleCounts> {
  const bytes = await ports.lake.get(object.key);
  if (!bytes) throw new AppError("not_found", `Bronze object ${object.key} is in the manifest but not in the lake.`);
  const { articles, rejects } = parseObject(object, new TextDecoder().decode(bytes), origin);
  const written = await ports.articles.write({ object_key: object.key, articles, rejects, ingested_at: ports.clock.now() });
  const reasons: Record<string, number> = {};
  for (const { reason } of rejects) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const relevant = articles.filter((article) => article.is_relevant).length;
  return { read: articles.length + rejects.length, ...written, rejected: rejects.length, relevant, reasons, articles };
}

function parseObject(object: NewsObject, text: string, origin: LineOrigin): { articles: Article[]; rejects: ArticleReject[] } {
  const articles: Article[] = [];
  const rejects: ArticleReject[] = [];
  text.split("\n").forEach((raw, index) => {
    if (raw.trim() === "") return;
    const place = { object_key: object.key, line: index + 1, source: object.source };
    const reject = (item: number, refusal: ArticleRefusal, text_of_item: string) =>
      void rejects.push({ ...place, item, ...refusal, raw: text_of_item.slice(0, RAW_CHARACTERS) });
    const line = newsLineSchema.safeParse(parseJsonLine(raw));
    if (!line.success) {
      const issue = line.error.issues[0];
      return reject(0, { reason: "bad_line", detail: `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "is not a line of news"}` }, raw);
    }
    for (const { item, outcome, raw: item_text } of articlesOfLine(line.data, origin)) {
      if ("reason" in outcome) reject(item, outcome, item_text);
      else articles.push(outcome);
    }
  });
  return { articles, rejects };
}
