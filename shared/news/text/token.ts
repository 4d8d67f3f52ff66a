export type TokenKind =
  | "word"
  | "number"
  | "money"
  | "percent"
  | "ticker"
  | "pair"
  | "comma"
  | "stop"
  | "question"
  | "open"
  | "close"
  | "dash"
  | "quote";

/** A piece of a text. Hyphenated words are several tokens, so that "better-than-expected" and "better than expected" are the same. */
export interface Token {
  readonly kind: TokenKind;
  /** As written, without a possessive 's. */
  readonly raw: string;
  /** Lower case, straight apostrophes. */
  readonly lower: string;
}

export function isFigure({ kind }: Token): boolean {
  return kind === "number" || kind === "money" || kind === "percent";
}

/** Ends a sentence. */
export function isEnd({ kind }: Token): boolean {
  return kind === "stop" || kind === "question";
}
