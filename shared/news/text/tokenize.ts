import { ISO_CURRENCIES } from "./isoCurrencies.ts";
import type { Token, TokenKind } from "./token.ts";

/** One alternative a kind of token, each with its groups, in the order of preference. */
const TOKEN = new RegExp(
  [
    // Web address or @name: dropped.
    /(https?:\/\/\S+|www\.\S+|@\w+)/,
    // $TICKER
    /(\$[A-Za-z]{1,6}(?![A-Za-z\d]))/,
    // USD/SGD, USD_SGD, USDSGD: six letters, of which both halves have to be currencies.
    /([A-Za-z]{3}[/_][A-Za-z]{3}(?![A-Za-z])|(?<![A-Za-z])[A-Za-z]{6}(?![A-Za-z'’]))/,
    // A figure with its currency sign or sign, and its unit.
    /((?:(?:US|A|C|S|NZ|HK)?\$|[€£¥]|(?<![\w.])[+\-−](?=\d))?\s?\d+(?:,\d+)*(?:\.\d+)?)(%|(?:mn|mln|bn|bln|tn|trn|pct|bps|bp|pts|[mbkKMBp])(?![A-Za-z\d]))?/,
    // Letters written with signs or digits: S$, U.S., S&P, Q3.
    /(S\$|(?:[A-Za-z]\.){2,}|[A-Za-z]+&[A-Za-z]+|[QHqhGg]\d{1,2}(?![A-Za-z\d]))/,
    // A word with its apostrophe, without a possessive 's.
    /([A-Za-z\u00C0-\u024F]+(?:['’](?![sS](?![A-Za-z]))[A-Za-z]+)?)(?:\s?['’][sS](?![A-Za-z]))?/,
    // End of a sentence, and other punctuation.
    /([.!?…;\n]+)/,
    /([,:()[\]"“”–—|-])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

const PUNCTUATION: Readonly<Record<string, TokenKind>> = {
  ",": "comma",
  ":": "dash",
  "(": "open",
  "[": "open",
  ")": "close",
  "]": "close",
  '"': "quote",
  "“": "quote",
  "”": "quote",
  "–": "dash",
  "—": "dash",
  "|": "dash",
};

/** Words after which a full stop ends no sentence. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  "inc corp co ltd plc mr mrs ms dr no vs st jr sr approx est jan feb mar apr jun jul aug sep sept oct nov dec gen gov sen rep oyj oy".split(
    " ",
  ),
);

/** Cuts a text into tokens. Deterministic, one pass; what is neither word, figure nor known punctuation is left out. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [whole, , ticker, pair, figure, unit, signed, word, end, punctuation] = match;
    if (word !== undefined) tokens.push(wordToken(word));
    else if (figure !== undefined) tokens.push(figureToken(figure, unit ?? ""));
    else if (end !== undefined) pushEnd(tokens, end, text, TOKEN.lastIndex);
    else if (punctuation !== undefined) pushPunctuation(tokens, punctuation);
    else if (signed !== undefined)
      tokens.push({ kind: "word", raw: signed.replaceAll(".", ""), lower: signed.replaceAll(".", "").toLowerCase() });
    else if (ticker !== undefined) tokens.push({ kind: "ticker", raw: whole, lower: whole.toLowerCase() });
    else if (pair !== undefined) tokens.push(pairToken(pair));
  }
  return tokens;
}

function wordToken(word: string): Token {
  const lower = word.toLowerCase();
  return { kind: "word", raw: word, lower: lower.includes("’") ? lower.replace("’", "'") : lower };
}

function figureToken(figure: string, unit: string): Token {
  const raw = figure.trim() + unit;
  const kind = unit === "%" || unit === "pct" ? "percent" : /[$€£¥]/.test(figure) ? "money" : "number";
  return { kind, raw, lower: raw.toLowerCase() };
}

/** Six letters are a pair only when both halves are currencies: NASDAQ is a word. */
function pairToken(written: string): Token {
  const upper = written.toUpperCase();
  const base = upper.slice(0, 3);
  const quote = upper.slice(-3);
  if (ISO_CURRENCIES.has(base) && ISO_CURRENCIES.has(quote) && base !== quote)
    return { kind: "pair", raw: `${base}/${quote}`, lower: `${base}/${quote}`.toLowerCase() };
  return wordToken(written);
}

function pushEnd(tokens: Token[], end: string, text: string, next: number): void {
  const last = tokens.at(-1);
  if (last === undefined || last.kind === "stop" || last.kind === "question") return;
  if (end.includes("?")) tokens.push({ kind: "question", raw: "?", lower: "?" });
  else if (end !== "." || isSentenceEnd(last, text, next)) tokens.push({ kind: "stop", raw: ".", lower: "." });
}

/** A lone full stop ends a sentence before white space and anything but a small letter, unless it marks an abbreviation. */
function isSentenceEnd(last: Token, text: string, next: number): boolean {
  if (next >= text.length) return true;
  const rest = text.slice(next, next + 4);
  if (!/^["”')\]]?\s/.test(rest)) return false;
  const follower = rest.trimStart()[0] ?? "A";
  if (follower >= "a" && follower <= "z") return false;
  return !ABBREVIATIONS.has(last.lower) && !(last.raw.length === 1 && last.kind === "word");
}

function pushPunctuation(tokens: Token[], mark: string): void {
  const kind = PUNCTUATION[mark];
  if (kind !== undefined) tokens.push({ kind, raw: mark, lower: mark });
}
