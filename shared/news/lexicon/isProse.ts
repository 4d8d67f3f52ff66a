import type { Token } from "../text/token.ts";

const ARTICLES: ReadonlySet<string> = new Set("the a an".split(" "));
const LOOKED_AT = 60;

/** Written in whole sentences, as reports are and headlines are not: ends with a full stop and has an article. Looks at the beginning only. */
export function isProse(tokens: readonly Token[]): boolean {
  let has_article = false;
  for (const { kind, lower } of tokens.slice(0, LOOKED_AT)) {
    if (ARTICLES.has(lower)) has_article = true;
    if (kind === "stop") return has_article;
  }
  return has_article && tokens.length > LOOKED_AT;
}
