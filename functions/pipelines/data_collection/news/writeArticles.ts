import { describeIssue } from "../../../../shared/contracts/describeIssue.ts";
import type { Article } from "../../../../shared/domain/article.ts";
import { AppError } from "../../../../shared/errors.ts";
import { articlesOfLine } from "../../../../shared/news/feeds/articlesOfLine.ts";
import { type LineOrigin, type NewsLine, newsLineSchema } from "../../../../shared/news/feeds/newsLine.ts";
import type { ArticleRefusal } from "../../../../shared/news/feeds/toArticle.ts";
import type { ArticleReject, NewsObject } from "../../../../shared/ports/articleStore.ts";
import { parseJsonLine } from "../../common/parseJsonLine.ts";
import type { Ports } from "../../ports.ts";

const RAW_CHARACTERS = 2_000;

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
export async function writeArticles(
  ports: Pick<Ports, "lake" | "articles" | "clock">,
  object: NewsObject,
  origin: LineOrigin,
): Promise<ArticleCounts> {
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
  for (const [index, raw] of text.split("\n").entries()) {
    if (raw.trim() === "") continue;
    const line = readLine(raw);
    const outcomes = "reason" in line ? [{ item: 0, outcome: line, raw }] : articlesOfLine(line, origin);
    for (const { item, outcome, raw: item_text } of outcomes) {
      const place = { object_key: object.key, line: index + 1, item, source: object.source };
      if ("reason" in outcome) rejects.push({ ...place, ...outcome, raw: item_text.slice(0, RAW_CHARACTERS) });
      else articles.push(outcome);
    }
  }
  return { articles, rejects };
}

function readLine(raw: string): NewsLine | ArticleRefusal {
  const line = newsLineSchema.safeParse(parseJsonLine(raw), { error: describeIssue });
  if (line.success) return line.data;
  const issue = line.error.issues[0];
  return { reason: "bad_line", detail: `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "is not a line of news"}` };
}
