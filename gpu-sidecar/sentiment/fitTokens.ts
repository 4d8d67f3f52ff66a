/** A prompt as token ids. */
export type Tokens = readonly number[];

export interface FittedTokens {
  readonly tokens: Tokens;
  readonly truncated: boolean;
  /** How many tokens at the start are the ones that every prompt begins with; 0 where this prompt begins otherwise. */
  readonly shared: number;
}

export interface Frame {
  /** The prompt's fixed beginning, with the token that opens a text. */
  readonly head: Tokens;
  /** The same prompt around no text: what it ends with stands behind any text too. */
  readonly empty: Tokens;
  /** Most tokens that a prompt may have. */
  readonly limit: number;
}

/**
 * Cuts the end of the article, never the prompt around it: llama.cpp does not refuse a prompt that is too long, it shifts the
 * beginning out and answers something else. Cut by tokens, so that nothing that fits is lost.
 */
export function fitTokens(tokens: Tokens, { head, empty, limit }: Frame): FittedTokens {
  const shared = commonStart(tokens, head) === head.length ? head.length : 0;
  if (tokens.length <= limit) return { tokens, truncated: false, shared };
  const tail = Math.min(commonEnd(tokens, empty), empty.length - head.length);
  return { tokens: [...tokens.slice(0, limit - tail), ...tokens.slice(tokens.length - tail)], truncated: true, shared };
}

function commonStart(a: Tokens, b: Tokens): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return index;
  return length;
}

function commonEnd(a: Tokens, b: Tokens): number {
  const length = Math.min(a.length, b.length);
  for (let count = 0; count < length; count++) if (a[a.length - 1 - count] !== b[b.length - 1 - count]) return count;
  return length;
}
