import type { Token } from "../text/token.ts";
import { AGAINST_EXPECTATION, compareFigures } from "./compareFigures.ts";
import type { PolarEffect } from "./effect.ts";
import { type Finding, type Item, isMetric } from "./item.ts";
import { levelFindings } from "./priceLevels.ts";
import { resolveMoves } from "./resolveMoves.ts";

/** Tokens within which a word of value speaks of a bad thing: "losses improved", "easing of strong headwinds". */
const BESIDE = 3;

/** All that is said in a sentence, by the moves, comparisons and words of value in it, in the order of the text, before its surroundings are weighed. */
export function findingsOf(items: readonly Item[], tokens: readonly Token[], start: number, end: number, is_fx: boolean): Finding[] {
  const has_ticker = tokens.slice(start, end).some(({ kind }) => kind === "ticker");
  const used = new Set<Item>();
  const moves = resolveMoves(items, tokens, used);
  const compared = compareFigures(items, tokens, end, used);
  const findings = [...withoutOverruled(moves, compared), ...compared, ...levelFindings(items, tokens)];
  items.forEach((item, index) => {
    if (item.effect.kind !== "polar" || !isMeant(item.effect.only, is_fx, has_ticker) || isIntensifier(item, items[index + 1])) return;
    if (item.effect.value > 0) useBad(items, item, used);
    findings.push(softened(item, items[index + 1], used) ?? alone(item, item.effect.value * measureOf(items, index, tokens)));
  });
  for (const item of items) if (isMetric(item) && item.effect.alone !== 0 && !used.has(item)) findings.push(alone(item, item.effect.alone));
  for (const item of items)
    if ((item.effect.kind === "averter" || item.effect.kind === "clause") && item.effect.alone !== 0)
      findings.push(alone(item, item.effect.alone));
  findings.push(...idleNegators(items, findings), ...avertedThings(items, findings));
  return findings.sort((one, other) => one.at - other.at);
}

/** "Payrolls rise 88,000 vs 180,000 expected": against what was expected, the rise is a shortfall. */
function withoutOverruled(moves: readonly Finding[], compared: readonly Finding[]): Finding[] {
  const overruling = new Set(compared.filter(({ text }) => text.endsWith(AGAINST_EXPECTATION)).map(({ metric }) => metric));
  return moves.filter(({ metric }) => metric === null || !overruling.has(metric));
}

function isMeant(only: PolarEffect["only"], is_fx: boolean, has_ticker: boolean): boolean {
  return only === null || (only === "currency" ? is_fx : has_ticker);
}

const INTENSIFIERS: ReadonlySet<string> = new Set("record strong stronger strongest robust healthy solid brisk strongly".split(" "));

/** "record fine", "strong headwinds": praise before a bad thing only makes it bigger. */
function isIntensifier(item: Item, next: Item | undefined): boolean {
  if (next === undefined || next.at !== item.end || !INTENSIFIERS.has(item.text.toLowerCase())) return false;
  return (next.effect.kind === "polar" && next.effect.value < 0) || (next.effect.kind === "metric" && next.effect.polarity < 0);
}

const SOFTENERS = /^(weak|weaker|soft|softer|mild|milder|benign|subdued|muted|low|cool|cooler|slower)$/i;
const SOFTENED = 0.55;

/** "softer inflation", "weaker cost growth": little of a bad thing. */
function softened(item: Item, next: Item | undefined, used: Set<Item>): Finding | null {
  if (next === undefined || !isMetric(next) || next.at !== item.end || next.effect.polarity >= 0 || !SOFTENERS.test(item.text)) return null;
  used.add(next);
  return { at: item.at, end: next.end, text: `${item.text} ${next.text}`, value: SOFTENED * -next.effect.polarity, metric: next };
}

const EXCEEDING = /^(exceed|surpass|top|outpace|outstrip|eclipse)/i;
const MEASURE = 8;

/** "Costs exceeded the budget", "the holding exceeded a tenth of the votes": good or bad by what there is more of. */
function measureOf(items: readonly Item[], index: number, tokens: readonly Token[]): number {
  const item = items[index]!;
  if (!EXCEEDING.test(item.text)) return 1;
  const noun = items.slice(0, index).findLast(isMetric);
  if (noun === undefined || item.at - noun.end > MEASURE || tokens.slice(noun.end, item.at).some(({ kind }) => kind === "comma")) return 1;
  return Math.sign(noun.effect.polarity);
}

function alone(item: Item, value: number): Finding {
  return { at: item.at, end: item.end, text: item.text, value, metric: null };
}

/** Good is said of a bad thing: the thing itself is not held against it. */
function useBad(items: readonly Item[], { at, end }: Item, used: Set<Item>): void {
  for (const item of items) if (isMetric(item) && item.effect.alone < 0 && item.at - end < BESIDE && at - item.end < BESIDE) used.add(item);
}

const AVERTED = 0.6;

/** "avoids tariffs": a bad thing that has no value by itself. */
function avertedThings(items: readonly Item[], findings: readonly Finding[]): Finding[] {
  return items.flatMap((item, index) => {
    const next = items[index + 1];
    if (item.effect.kind !== "averter" || next === undefined || !isMetric(next) || next.effect.polarity >= 0 || next.at - item.end > 2)
      return [];
    return findings.some(({ at }) => at === next.at) ? [] : [alone(item, AVERTED)];
  });
}

/** What is weaker says nothing worth negating. */
const WEAK = 0.4;

/** "failed to agree": nothing of value follows that could be negated, so the failing itself counts. */
function idleNegators(items: readonly Item[], findings: readonly Finding[]): Finding[] {
  return items.flatMap((item) => {
    if (item.effect.kind !== "negator" || item.effect.alone === 0) return [];
    const has_object = findings.some(({ at, value }) => Math.abs(value) >= WEAK && at >= item.end && at - item.end < 6);
    return has_object ? [] : [alone(item, item.effect.alone)];
  });
}
