import { sentencesOf } from "../text/sentencesOf.ts";
import { tokenize } from "../text/tokenize.ts";
import { type Probabilities, probabilitiesOf } from "./probabilities.ts";
import { readSentence } from "./readSentence.ts";

export interface LexiconHit {
  /** Words that carry the evidence, as written. */
  readonly text: string;
  /** What it contributed, after negation, clause and place: positive = good for what the text is about. */
  readonly value: number;
  /** Number of its sentence, the headline's is 0. */
  readonly sentence: number;
}

export interface LexiconReading {
  /** p(positive) - p(negative), in [-1, 1]. */
  readonly sentiment_score: number;
  /** Sum to 1. */
  readonly probabilities: Probabilities;
  /** 0.6 x (1 - normalised entropy): a lexicon never knows more than that. */
  readonly confidence: number;
  readonly hits: readonly LexiconHit[];
}

/** platform/llama.md: a lexicon's confidence is capped. */
export const MAX_LEXICON_CONFIDENCE = 0.6;

/** News says first what matters most: weight of the n-th sentence, the last one for all further ones. */
const SENTENCE_WEIGHTS: readonly number[] = [1, 0.85, 0.6, 0.5, 0.4, 0.3, 0.2];

/** Reads a text, headline first, by our own finance and FX lexicon: what it says is good or bad for what it is about. Pure, and the same for the same text. */
export function readWithLexicon(text: string): LexiconReading {
  const tokens = tokenize(text);
  const hits: LexiconHit[] = [];
  let neutral = 0;
  let main: string | null = null;
  sentencesOf(tokens).forEach(([start, end], sentence) => {
    const weight = SENTENCE_WEIGHTS[Math.min(sentence, SENTENCE_WEIGHTS.length - 1)]!;
    const reading = readSentence(tokens, start, end, main);
    main ??= reading.subject;
    neutral += weight * reading.neutral;
    for (const hit of reading.hits) hits.push({ text: hit.text, value: hit.value * weight, sentence });
  });
  return readingOf(hits, neutral);
}

function readingOf(hits: readonly LexiconHit[], neutral: number): LexiconReading {
  let positive = 0;
  let negative = 0;
  for (const { value } of hits) {
    if (value > 0) positive += value;
    else negative -= value;
  }
  const probabilities = probabilitiesOf({ positive, negative, neutral });
  const confidence = MAX_LEXICON_CONFIDENCE * (1 - normalisedEntropy(probabilities));
  return { sentiment_score: probabilities.positive - probabilities.negative, probabilities, confidence, hits };
}

/** -sum p ln p / ln 3. */
function normalisedEntropy({ positive, neutral, negative }: Probabilities): number {
  const entropy = [positive, neutral, negative].reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
  return Math.min(1, entropy / Math.log(3));
}
