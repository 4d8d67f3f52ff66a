import { isEnd, type Token } from "./token.ts";

/** Sentences as ranges of tokens, without the mark that ends them: tokens[end] is that mark, if there is one. */
export function sentencesOf(tokens: readonly Token[]): [start: number, end: number][] {
  const sentences: [number, number][] = [];
  let start = 0;
  tokens.forEach((token, at) => {
    if (!isEnd(token)) return;
    if (at > start) sentences.push([start, at]);
    start = at + 1;
  });
  if (start < tokens.length) sentences.push([start, tokens.length]);
  return sentences;
}
