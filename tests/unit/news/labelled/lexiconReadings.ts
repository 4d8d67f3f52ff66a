import { readWithLexicon } from "../../../../shared/news/lexicon/readWithLexicon.ts";
import { interpret } from "../../../support/news/interpretWords.ts";
import { FIRST_SIGHT_SENTENCES, LABELLED_SENTENCES, SECOND_LOOK_SENTENCES, UNSEEN_SENTENCES } from "./labelledSentences.ts";

/** How each labelled sentence is read, by its kind and its place among those of its kind. */
export type LexiconReadings = Readonly<Record<string, string>>;

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
  const silver = interpret(text);
  const parts = [
    `${short(sentiment_score)} ${short(confidence)}`,
    ...hits.map((hit) => `${hit.text} ${short(hit.value)}`),
    ...silver.currencies.map(({ currency, direction }) => `${currency} ${short(direction)}`),
    silver.topics.join(" "),
  ];
  return parts.join(" | ");
}

/** Four digits: the last ones of a logarithm are the engine's. */
function short(value: number): string {
  return String(Number(value.toFixed(4)));
}
