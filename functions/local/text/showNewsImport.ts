import { basename } from "node:path";
import type { ImportedArticle, ImportNewsResponse } from "../../../shared/contracts/importNews.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { type NewsImport, storedNoArticle } from "../import/importNews.ts";
import { signed } from "./signed.ts";
import { renderTable } from "./table.ts";

/** What is left of 80 columns. */
const TITLE_CHARACTERS = 42;
/** Examples of dates that could not be read. */
const MAX_PROBLEMS = 3;
/** Rows shown; with more, the counts say the rest. */
const MAX_ROWS = 500;

/** How each article was read, how many records were taken or rejected, and which files could not be read. */
export function renderNewsImport(result: NewsImport): string {
  const { answers, notes, errors } = result;
  const articles = answers.flatMap((answer) => answer.articles);
  const sum = (count: (answer: ImportNewsResponse) => number) => answers.reduce((total, answer) => total + count(answer), 0);
  const duplicates = articles.filter((article) => article.duplicate_of !== null).length;
  const relevant = articles.filter((article) => article.is_relevant).length;
  const outcome = `${counted(
    sum((answer) => answer.read),
    "record",
  )}: ${counted(
    sum((answer) => answer.inserted),
    "new article",
  )}, ${sum((answer) => answer.unchanged)} known already.`;
  const reading = [
    `${relevant} of ${counted(articles.length, "article")} ${byCount(relevant, "is", "are")} about the currencies traded here (the others: -);`,
    `${duplicates} ${byCount(duplicates, "repeats", "repeat")} an earlier one (=).`,
    "score: the lexicon's, from -1 (bad news) to +1 (good); it reads English only.",
  ];
  return [
    ...(articles.length === 0 ? [] : [tableOf(articles.slice(0, MAX_ROWS)), ...more(articles.length), ""]),
    ...notes.map(({ path, text }) => `${basename(path)}: ${text}`),
    outcome,
    ...(articles.length === 0 ? [] : reading),
    ...problemsOf(articles),
    ...reasonsOf(answers),
    ...errors.flatMap(({ message }) => ["", `Not read to its end: ${message}`]),
    ...(storedNoArticle(result) ? ["", "No article was stored, and none of these was there already."] : []),
  ].join("\n");
}

/** A date that could not be read says nothing, and the article then counts as known late rather than early. */
function problemsOf(articles: readonly ImportedArticle[]): string[] {
  const problems = articles.flatMap(({ published_problem }) => (published_problem === null ? [] : [published_problem]));
  if (problems.length === 0) return [];
  const shown = problems.slice(0, MAX_PROBLEMS).map((problem) => `  ${problem}`);
  const rest = problems.length > MAX_PROBLEMS ? [`  ... and ${problems.length - MAX_PROBLEMS} more`] : [];
  return [
    "",
    `Dates that could not be read: ${problems.length}. Known from the record's first_seen,`,
    "else from the import:",
    ...shown,
    ...rest,
  ];
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
