import type { ImportedArticle, ImportNewsResponse } from "../../shared/contracts/importNews.ts";
import { signed } from "./signed.ts";
import { renderTable } from "./table.ts";

/** What is left of 80 columns. */
const TITLE_CHARACTERS = 42;
/** Rows shown; with more, the counts say the rest. */
const MAX_ROWS = 500;

/** How each article was read, and how many lines were taken or rejected. */
export function renderNewsImport(answers: readonly ImportNewsResponse[]): string {
  const articles = answers.flatMap((answer) => answer.articles);
  const sum = (count: (answer: ImportNewsResponse) => number) => answers.reduce((total, answer) => total + count(answer), 0);
  const duplicates = articles.filter((article) => article.duplicate_of !== null).length;
  const relevant = articles.filter((article) => article.is_relevant).length;
  const counts = [
    `${sum((answer) => answer.read)} lines: ${sum((answer) => answer.inserted)} new articles, ${sum((answer) => answer.unchanged)} known already.`,
    `${relevant} of ${articles.length} articles are about the currencies traded here (the others: -);`,
    `${duplicates} repeat an earlier one (=).`,
    "score: the lexicon's, from -1 (bad news) to +1 (good); it reads English only.",
  ];
  return [tableOf(articles.slice(0, MAX_ROWS)), ...more(articles.length), "", ...counts, ...reasonsOf(answers)].join("\n");
}

function tableOf(articles: readonly ImportedArticle[]): string {
  const columns = [
    { title: "published" },
    { title: "lang" },
    { title: "relevance", align: "right" },
    { title: "score", align: "right" },
    { title: "title" },
  ] as const;
  return renderTable(columns, articles.map(cellsOf));
}

function cellsOf({ published_at, language, relevance, is_relevant, reading, duplicate_of, title }: ImportedArticle): string[] {
  const text = duplicate_of === null ? title : `= ${title}`;
  const characters = [...text];
  return [
    published_at?.slice(0, 10) ?? "-",
    language ?? "?",
    relevance.toFixed(2) + (is_relevant ? "" : " -"),
    signed(reading.sentiment_score),
    characters.length > TITLE_CHARACTERS ? `${characters.slice(0, TITLE_CHARACTERS - 1).join("")}…` : text,
  ];
}

function more(count: number): string[] {
  return count > MAX_ROWS ? [`... and ${count - MAX_ROWS} more`] : [];
}

function reasonsOf(answers: readonly ImportNewsResponse[]): string[] {
  const rejected = new Map<string, number>();
  for (const answer of answers)
    for (const [reason, count] of Object.entries(answer.rejected)) rejected.set(reason, (rejected.get(reason) ?? 0) + count);
  return rejected.size === 0 ? [] : ["", "Rejected because of:", ...[...rejected].map(([reason, count]) => `  ${reason}: ${count}`)];
}
