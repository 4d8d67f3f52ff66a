import { isCalendarFigure } from "../text/calendarFigure.ts";
import { type Figure, figureAt } from "../text/figureValue.ts";
import { isFigure, type Token } from "../text/token.ts";
import { type Finding, type Item, isMetric, isMove, type MetricItem } from "./item.ts";

/** Tokens between the figure and its noun, and between the comparing word and the other figure. */
const NOUN_REACH = 14;
const OTHER_REACH = 9;
/** Tokens before the comparing word: "EUR 5.9 mn in January-March 2010, compared with". */
const BACK_REACH = 10;

/** Smaller changes are "at the level of the year before". */
const SMALLEST_CHANGE = 0.01;

const VALUE = 0.9;

/**
 * Two figures of one noun, as company releases give them: "net sales were EUR 12 mn compared with EUR 10 mn", "EUR 11.4 mn (EUR 7.5 mn)",
 * "profit of EUR 1 mn versus a loss of EUR 2 mn". Only where no move says it already.
 *
 *   value = 0.9 x polarity of the noun x sign(now - before); a profit after a loss is +0.9 x 1.2, a loss after a profit its opposite
 */
export function compareFigures(items: readonly Item[], tokens: readonly Token[], end: number, used: Set<Item>): Finding[] {
  const findings: Finding[] = [];
  for (let at = items[0]?.at ?? end; at < end; at++) {
    const other = comparedFrom(items, tokens, at, end);
    if (other === null) continue;
    const finding = compare(items, tokens, at, other, used);
    if (finding !== null) findings.push(finding);
  }
  return findings;
}

/** Where the second figure begins to be looked for, if a comparison starts at this token. */
function comparedFrom(items: readonly Item[], tokens: readonly Token[], at: number, end: number): number | null {
  if (tokens[at]!.kind === "open") return isParenthesis(tokens, at, end) ? at + 1 : null;
  const item = items.find((one) => one.at === at && one.effect.kind === "compared");
  return item?.end ?? null;
}

/** "(EUR 7.5 mn)", "(12.1 %)": a figure and little else, right behind another figure or its unit. */
function isParenthesis(tokens: readonly Token[], at: number, end: number): boolean {
  const before = [tokens[at - 1], tokens[at - 2]];
  if (!before.some((token) => token !== undefined && isFigure(token))) return false;
  for (let next = at + 1; next < Math.min(at + 6, end); next++)
    if (tokens[next]!.kind === "close") return tokens.slice(at + 1, next).filter(isFigure).length === 1;
  return false;
}

function compare(items: readonly Item[], tokens: readonly Token[], at: number, from: number, used: Set<Item>): Finding | null {
  const now = figureBefore(tokens, at);
  const noun = now === null ? null : nounBefore(items, now.at);
  if (now === null || noun === null || noun.effect.polarity === 0) return null;
  const before = figureAfter(tokens, from);
  const turned = turnOf(noun, nounAfter(items, from, from + OTHER_REACH));
  const is_expected = before !== null && isExpectation(tokens, from);
  if (turned === 0 && (before === null || (!is_expected && (used.has(noun) || hasMove(items, noun.at, at))))) return null;
  const change = turned === 0 ? changeOf(signed(now.figure, before, items, noun.at, now.at), before!) : 1.2 * turned;
  used.add(noun);
  const after = nounAfter(items, from, from + OTHER_REACH);
  if (after !== null) used.add(after);
  if (change === 0) return null;
  const value = VALUE * (turned === 0 ? noun.effect.polarity * change : change);
  const than = is_expected ? AGAINST_EXPECTATION : "than before";
  return { at: noun.at, end: from, text: `${noun.text} ${value > 0 ? "better" : "worse"} ${than}`, value, metric: noun };
}

export const AGAINST_EXPECTATION = "than expected";

const EXPECTED: ReadonlySet<string> = new Set("expected exp est expectations estimate estimates forecast forecasts consensus".split(" "));

/** "253,000 vs 180,000 expected". */
function isExpectation(tokens: readonly Token[], from: number): boolean {
  return tokens.slice(from, from + OTHER_REACH).some(({ lower }) => EXPECTED.has(lower));
}

/** A move between the noun and the comparison has said which way already, whatever noun it was given. */
function hasMove(items: readonly Item[], start: number, end: number): boolean {
  return items.some((item) => isMove(item) && item.effect.reach !== "figure" && item.at > start && item.at < end);
}

/** "slump 10.7 % vs -2.2 %": beside a figure with a sign, the verb is the sign of the other. */
function signed(now: Figure, before: Figure | null, items: readonly Item[], start: number, end: number): Figure {
  const falls = items.some((item) => isMove(item) && item.effect.direction < 0 && item.at > start && item.end <= end);
  return falls && now.value > 0 && before !== null && before.value < 0 ? { ...now, value: -now.value } : now;
}

function changeOf(now: Figure, before: Figure): number {
  if (now.is_percent !== before.is_percent || Math.abs(now.value - before.value) <= SMALLEST_CHANGE * Math.abs(before.value)) return 0;
  return Math.sign(now.value - before.value);
}

/** +1 for a profit after a loss, -1 for a loss after a profit, 0 otherwise. */
function turnOf(now: MetricItem, before: MetricItem | null): number {
  if (before === null || isLoss(now) === isLoss(before) || !(isResult(now) && isResult(before))) return 0;
  return isLoss(now) ? -1 : 1;
}

function isLoss({ text }: MetricItem): boolean {
  return /loss/i.test(text);
}

function isResult({ text }: MetricItem): boolean {
  return /loss|profit|earnings|income|result|ebit|eps/i.test(text);
}

function figureBefore(tokens: readonly Token[], at: number): { at: number; figure: Figure } | null {
  for (let back = at - 1; back >= Math.max(0, at - BACK_REACH); back--) {
    const figure = isCalendarFigure(tokens, back) ? null : figureAt(tokens, back);
    if (figure !== null) return { at: back, figure };
  }
  return null;
}

function figureAfter(tokens: readonly Token[], from: number): Figure | null {
  for (let at = from; at < Math.min(from + OTHER_REACH, tokens.length); at++) {
    const figure = isCalendarFigure(tokens, at) ? null : figureAt(tokens, at);
    if (figure !== null) return figure;
  }
  return null;
}

function nounBefore(items: readonly Item[], at: number): MetricItem | null {
  for (let index = items.length - 1; index >= 0; index--) {
    const item = items[index]!;
    if (item.at < at && at - item.at > NOUN_REACH) return null;
    if (item.at < at && isMetric(item)) return item;
  }
  return null;
}

function nounAfter(items: readonly Item[], from: number, to: number): MetricItem | null {
  for (const item of items) if (item.at >= from && item.at < to && isMetric(item)) return item;
  return null;
}
