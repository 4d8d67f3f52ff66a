import { sentencesOf } from "./text/sentencesOf.ts";
import type { Token } from "./text/token.ts";
import { tokenize } from "./text/tokenize.ts";

/** An article cut up once for all that reads it. */
export interface ReadableText {
  readonly tokens: readonly Token[];
  /** Ranges of tokens, the title's first. */
  readonly sentences: readonly (readonly [start: number, end: number])[];
  /** Tokens before this index are the title's. */
  readonly title_end: number;
}

/** Sentences beyond these add nothing to who and what an article is about, and would let a long page outshout its headline. */
const MAX_SENTENCES = 40;

export function readableText(title: string, text: string): ReadableText {
  const head = tokenize(`${title}\n`);
  const tokens = [...head, ...tokenize(text)];
  return { tokens, sentences: sentencesOf(tokens).slice(0, MAX_SENTENCES), title_end: head.length };
}
