import { interpretArticle } from "../../../shared/news/interpretArticle.ts";
import { readWithLexicon } from "../../../shared/news/lexicon/readWithLexicon.ts";
import { relevanceOf } from "../../../shared/news/relevance.ts";
import { LABELLED_SENTENCES } from "../../unit/news/labelled/labelledSentences.ts";
import { digits } from "../figures.ts";
import type { Measured, Section } from "../section.ts";

const ARTICLES = 500;
const WORDS = 300;
const ROUNDS = 5;
const TIME = Date.UTC(2026, 0, 7);

export const lexicon: Section = {
  name: "lexicon",
  work: `the lexicon reads articles of ${WORDS} words`,
  note: "one thread; the best of five rounds, after one that is not counted",
  peer: "-",
  budget: ">= 2,000 articles/s",
  run: async () => {
    const texts = articles();
    return [
      measure("sentiment", texts, (text) => readWithLexicon(text).hits.length),
      { ...measure("relevance", texts, (text) => relevanceOf({ title: "", text }).matched_terms.length), budget: "-" },
      { ...measure("entities, policy, direction, topics", texts, (text) => interpret(text)), budget: "-" },
    ];
  },
};

/** Texts of the development set's sentences, as many as fill an article. */
function articles(): string[] {
  let next = 0;
  return Array.from({ length: ARTICLES }, () => {
    const sentences: string[] = [];
    for (let words = 0; words < WORDS; next++) {
      const { text } = LABELLED_SENTENCES[next % LABELLED_SENTENCES.length]!;
      sentences.push(/[.?!]$/.test(text) ? text : `${text}.`);
      words += text.split(" ").length;
    }
    return sentences.join(" ");
  });
}

function measure(label: string, texts: readonly string[], read: (text: string) => number): Measured {
  let found = 0;
  let best_ms = Number.POSITIVE_INFINITY;
  for (let round = 0; round <= ROUNDS; round++) {
    const began = performance.now();
    for (const text of texts) found += read(text);
    const elapsed_ms = performance.now() - began;
    if (round > 0) best_ms = Math.min(best_ms, elapsed_ms);
  }
  if (found === 0)
    throw new Error(`${label} found nothing in ${texts.length} articles: the texts are not what this section is meant to measure`);
  const articles_per_second = (texts.length / best_ms) * 1_000;
  const ms = best_ms / texts.length;
  return { label, text: `${digits(articles_per_second)} articles/s, ${digits(ms)} ms an article`, values: { articles_per_second, ms } };
}

function interpret(body: string): number {
  const score = {
    article_id: "",
    available_at: TIME,
    engine: "lexicon",
    model: null,
    sentiment_score: 0,
    p_positive: 0,
    p_neutral: 1,
    p_negative: 0,
    confidence: 0,
    label_mass: null,
    truncated: false,
    market: null,
  } as const;
  const known = {
    article_id: "",
    source: "",
    url: "",
    canonical_url: "",
    title: "",
    summary: "",
    body,
    language: "en",
    content_hash: "",
    simhash: "",
  };
  const times = { published_raw: null, published_problem: null, published_at: TIME, first_seen_at: TIME, available_at: TIME };
  const article = { ...known, ...times, text_source: "page", access: "open", relevance: 1, matched_terms: [], is_relevant: true } as const;
  return interpretArticle({ article, score }).currencies.length;
}
