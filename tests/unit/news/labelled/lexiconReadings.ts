import type { Article } from "../../../../shared/domain/article.ts";
import { interpretArticle } from "../../../../shared/news/interpretArticle.ts";
import { readWithLexicon } from "../../../../shared/news/lexicon/readWithLexicon.ts";
import { relevanceOf } from "../../../../shared/news/relevance.ts";
import { FIRST_SIGHT_SENTENCES, LABELLED_SENTENCES, SECOND_LOOK_SENTENCES, UNSEEN_SENTENCES } from "./labelledSentences.ts";

/** How each labelled sentence is read, by its kind and its place among those of its kind. */
export type LexiconReadings = Readonly<Record<string, string>>;

const TIME = Date.UTC(2026, 0, 7);
const SENTENCES = [...LABELLED_SENTENCES, ...UNSEEN_SENTENCES, ...FIRST_SIGHT_SENTENCES, ...SECOND_LOOK_SENTENCES];

/** What the lexicon makes of every labelled sentence, whether it is right or not: a change of any rule shows where it makes a difference. */
export function lexiconReadings(): LexiconReadings {
  const places = new Map<string, number>();
  return Object.fromEntries(
    SENTENCES.map(({ kind, text }) => {
      const place = places.get(kind) ?? 0;
      places.set(kind, place + 1);
      return [`${kind} ${place}`, readingOf(text)];
    }),
  );
}

/** Score, confidence, the words that were evidence; and of the article that has it for a headline, what it points each currency to. */
function readingOf(text: string): string {
  const { sentiment_score, confidence, hits } = readWithLexicon(text);
  const silver = silverOf(text);
  const parts = [
    `${short(sentiment_score)} ${short(confidence)}`,
    ...hits.map((hit) => `${hit.text} ${short(hit.value)}`),
    ...silver.currencies.map(({ currency, direction }) => `${currency} ${short(direction)}`),
    silver.topics.join(" "),
  ];
  return parts.join(" | ");
}

function silverOf(title: string) {
  const { sentiment_score, probabilities, confidence } = readWithLexicon(title);
  const { positive: p_positive, neutral: p_neutral, negative: p_negative } = probabilities;
  const read = { engine: "lexicon", model: null, sentiment_score, p_positive, p_neutral, p_negative, confidence } as const;
  const article = articleOf(title);
  const { article_id, available_at } = article;
  return interpretArticle({ article, score: { article_id, available_at, ...read, label_mass: null, truncated: false, market: null } });
}

function articleOf(title: string): Article {
  return {
    article_id: "a".repeat(32),
    source: "reuters",
    url: "https://news.example/a",
    canonical_url: "https://news.example/a",
    title,
    summary: "",
    body: "",
    text_source: "title",
    access: "open",
    language: "en",
    published_at: TIME,
    published_raw: null,
    published_problem: null,
    first_seen_at: TIME,
    available_at: TIME,
    content_hash: "0".repeat(64),
    simhash: "0".repeat(16),
    ...relevanceOf({ title, text: "" }),
  };
}

/** Four digits: the last ones of a logarithm are the engine's. */
function short(value: number): string {
  return String(Number(value.toFixed(4)));
}
