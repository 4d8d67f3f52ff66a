import type { PhraseMatch } from "../text/phraseTrie.ts";
import { isFigure, type Token } from "../text/token.ts";
import { COMPANY_WORDS } from "./data/companyWords.ts";
import { COMMODITY, type Effect, type MetricEffect } from "./effect.ts";
import { type Item, isMetric } from "./item.ts";
import { FX_LEXICON, LEXICON } from "./lexicon.ts";
import { composeTrends } from "./trendPhases.ts";

/** A share or a pair is what its text is about: up is good for it. A pair's subject is its base. */
const TICKER: MetricEffect = { kind: "metric", polarity: 1, alone: 0, subject: null, reach: 16 };
const GAIN: Effect = { kind: "move", direction: 1, strength: 0.9, reach: "back" };
const LOSS: Effect = { kind: "move", direction: -1, strength: 0.9, reach: "back" };

const CAPITALISED = /^\p{Lu}/u;
const INFLECTED = /(s|ed|ing)$/;

const AMOUNTS: ReadonlySet<string> = new Set(
  "mn mln bn bln tn million billion trillion thousand hundred hundreds millions billions".split(" "),
);

/** The lexicon's phrases in one sentence, longest first, from left to right; each token is part of one at most. */
export function annotate(tokens: readonly Token[], start: number, end: number): Item[] {
  const items = itemsOf(tokens, start, end, (at) => LEXICON.match(tokens, at));
  const all = namesMoney(items) ? itemsOf(tokens, start, end, (at) => fxFirst(tokens, at)) : items;
  return composeTrends(all, tokens, start, end);
}

type Match = PhraseMatch<Effect> | null;

/** A currency or a pair is what the sentence is about. */
function namesMoney(items: readonly Item[]): boolean {
  return items.some((item) => isMetric(item) && item.effect.subject !== null && item.effect.subject !== COMMODITY);
}

function fxFirst(tokens: readonly Token[], at: number): Match {
  const [fx, any] = [FX_LEXICON.match(tokens, at), LEXICON.match(tokens, at)];
  return fx !== null && (any === null || fx.length >= any.length) ? fx : any;
}

function itemsOf(tokens: readonly Token[], start: number, end: number, matchAt: (at: number) => Match): Item[] {
  const items: Item[] = [];
  for (let at = start; at < end; ) {
    const match = matchAt(at);
    const length = match === null ? 1 : Math.min(match.length, end - at);
    const effect = match?.value ?? unlisted(tokens[at]!);
    if (effect !== null && !isUnitOfMoney(tokens, at, at + length, effect) && !isName(tokens, at, length, effect))
      items.push({ at, end: at + length, text: textOf(tokens, at, at + length), effect });
    at += length;
  }
  return items;
}

function unlisted(token: Token): Effect | null {
  if (token.kind === "ticker") return TICKER;
  if (token.kind === "pair") return { ...TICKER, subject: token.raw };
  if (token.kind !== "percent") return null;
  const sign = token.raw[0];
  return sign === "+" ? GAIN : sign === "-" || sign === "−" ? LOSS : null;
}

function textOf(tokens: readonly Token[], start: number, end: number): string {
  let text = tokens[start]!.raw;
  for (let at = start + 1; at < end; at++) text += ` ${tokens[at]!.raw}`;
  return text;
}

/**
 * "Expand Energy": a word of movement in its base form, capitalised before a company's word, is that company's. Not behind another
 * capitalised word, which in a headline may be its subject: in "Profits Drop Group Says" it is the verb.
 */
function isName(tokens: readonly Token[], at: number, length: number, { kind }: Effect): boolean {
  const [word, next, last] = [tokens[at]!, tokens[at + length], tokens[at - 1]];
  if (kind !== "move" || length !== 1 || next === undefined || !COMPANY_WORDS.has(next.lower)) return false;
  if (!CAPITALISED.test(word.raw) || !CAPITALISED.test(next.raw) || INFLECTED.test(word.lower)) return false;
  return last === undefined || last.kind !== "word" || !CAPITALISED.test(last.raw);
}

/** "EUR 12 mn", "5 million dollars", "100 yen": a currency beside a figure is its unit, not what the text is about. */
function isUnitOfMoney(tokens: readonly Token[], start: number, end: number, effect: Effect): boolean {
  if (effect.kind !== "metric" || effect.subject === null || effect.subject.length > 3) return false;
  const next = tokens[end];
  const last = tokens[start - 1];
  const is_code = /^[A-Z]{3}$/.test(tokens[start]!.raw);
  if (is_code && next !== undefined && isFigure(next)) return true;
  if (last === undefined || last.kind === "percent") return false;
  return isFigure(last) || AMOUNTS.has(last.lower) || isQuote(tokens, start - 1);
}

/** "1.28 to the greenback", "155 per dollar", "83.4 against the dollar": what one costs in the other. */
function isQuote(tokens: readonly Token[], at: number): boolean {
  const link = tokens[at]!.lower === "the" || tokens[at]!.lower === "us" ? at - 1 : at;
  const figure = tokens[link - 1];
  return /^(to|per|against|versus|vs|a)$/.test(tokens[link]?.lower ?? "") && figure !== undefined && isFigure(figure);
}
