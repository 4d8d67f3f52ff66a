import type { Token } from "../text/token.ts";
import type { Finding, Item } from "./item.ts";

/** Tokens over which a negation, an averting verb and a modal verb reach forward. */
const NEGATION_REACH = 6;
const MODAL_REACH = 7;
/** Tokens between a finding and the adverb that strengthens it. */
const SCALE_REACH = 2;

/** "not strong" is nearly as bad as weak; "no crisis" is less than good news. Polanyi & Zaenen 2006 for the idea of shifters. */
const NEGATED_GOOD = -0.9;
const NEGATED_BAD = -0.65;
const AVERTED_GOOD = -0.4;
const AVERTED_BAD = -0.85;

const MIN_SCALE = 0.6;
const MAX_SCALE = 1.5;
/** What is quoted is somebody's view. */
const QUOTED = 0.9;

/** Factor by which the words around a finding change it: negation, averting, adverbs of degree, modality, quotation. */
export function surroundingsFactor(finding: Finding, items: readonly Item[], tokens: readonly Token[], start: number): number {
  let factor = 1;
  let scale = 1;
  for (const item of items) {
    if (item.effect.kind === "scale" && isBeside(finding, item.at, item.end)) scale *= item.effect.factor;
    else if (item.effect.kind === "modal" && isWithin(item, finding, MODAL_REACH, tokens)) scale *= item.effect.factor;
    else factor *= turnedBy(item, finding, tokens);
  }
  return factor * Math.min(Math.max(scale, MIN_SCALE), MAX_SCALE) * (isQuoted(tokens, start, finding.at) ? QUOTED : 1);
}

function turnedBy(item: Item, finding: Finding, tokens: readonly Token[]): number {
  const is_good = finding.value > 0;
  if (item.effect.kind === "negator" && isWithin(item, finding, NEGATION_REACH, tokens)) return is_good ? NEGATED_GOOD : NEGATED_BAD;
  if (item.effect.kind === "averter" && isWithin(item, finding, NEGATION_REACH, tokens)) return is_good ? AVERTED_GOOD : AVERTED_BAD;
  return 1;
}

/** The item stands before the finding, less than `reach` tokens away, with no punctuation between. */
function isWithin({ end }: Item, finding: Finding, reach: number, tokens: readonly Token[]): boolean {
  return end <= finding.at && finding.at - end < reach && !isCut(tokens, end, finding.at);
}

function isBeside(finding: Finding, at: number, end: number): boolean {
  return (end <= finding.at && finding.at - end <= SCALE_REACH - 1) || (at >= finding.end && at - finding.end <= SCALE_REACH - 1);
}

/** Punctuation ends the reach of a negation. */
function isCut(tokens: readonly Token[], start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const { kind } = tokens[at]!;
    if (kind === "comma" || kind === "dash" || kind === "open" || kind === "close") return true;
  }
  return false;
}

function isQuoted(tokens: readonly Token[], start: number, at: number): boolean {
  let marks = 0;
  for (let index = start; index < at; index++) if (tokens[index]!.kind === "quote") marks++;
  return marks % 2 === 1;
}
