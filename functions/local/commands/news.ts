import type { NewsArticleView } from "../../../shared/contracts/news.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { withStack } from "../stack/withStack.ts";
import { signed } from "../text/signed.ts";
import { wrapText } from "../text/table.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

const LIMIT = 20;
const COLUMNS = 79;
const INDENT = "  ";

export const newsCommand: Command = {
  name: "news",
  summary: "the newest articles, and how each was read",
  positionals: [],
  options: {
    all: { type: "boolean", help: "those that are not about the traded currencies as well" },
    source: { type: "string", value: "ID", help: "of one source only" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [
    "A day's articles by the time at which they could first be known. sentiment: good (+) or bad (-) news for what the article is about, from -1 to +1. SGD: the direction that it points the Singapore dollar to; + means that it strengthens, so that USD_SGD falls. confidence: from 0 to 1; the lexicon's is never above 0.60.",
  ],
  async run(context, args) {
    const source = textOption(args, "source");
    const query = {
      limit: LIMIT,
      ...(args.values["all"] === true ? {} : { relevant: "true" as const }),
      ...(source === null ? {} : { source }),
    };
    const { articles, total_entries } = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      client.news(query),
    );
    const text = args.values["json"] === true ? JSON.stringify(articles) : renderNews(articles, total_entries);
    context.stdout.write(`${text}\n`);
    return 0;
  },
};

/** A block an article, within 80 columns. */
export function renderNews(articles: readonly NewsArticleView[], total: number): string {
  if (articles.length === 0) return "No articles in the last day.";
  const more = total > articles.length ? [`${articles.length} of ${counted(total, "article")} of the last day`] : [];
  return [...articles.map(renderArticle), ...more].join("\n\n");
}

function renderArticle({ title, source, available_at, reading, is_relevant, access }: NewsArticleView): string {
  const notes = access === "open" || access === "not_fetched" ? "" : `  (${access.replaceAll("_", " ")})`;
  return [
    `${available_at}  ${source}${notes}`,
    wrapText(title, COLUMNS - INDENT.length, INDENT),
    describeReading(reading, is_relevant),
  ].join(`\n${INDENT}`);
}

function describeReading(reading: NewsArticleView["reading"], is_relevant: boolean): string {
  if (!is_relevant) return "not about the traded currencies";
  if (reading === null) return "not read yet";
  const { sentiment_score, sgd_directional_signal, confidence, engine, topics, duplicate_of } = reading;
  const numbers = `sentiment ${signed(sentiment_score)}, SGD ${signed(sgd_directional_signal)}, confidence ${confidence.toFixed(2)}`;
  const about = topics.filter((topic) => topic !== "other");
  const notes = [
    `read by ${engine === "fingpt" ? "FinGPT" : "the lexicon"}`,
    ...(about.length > 0 ? [`about ${about.map((topic) => topic.replaceAll("_", " ")).join(" and ")}`] : []),
    ...(duplicate_of === null ? [] : ["repeats an earlier one"]),
  ];
  return `${numbers}\n${INDENT}${wrapText(notes.join("; "), COLUMNS - INDENT.length, INDENT)}`;
}
