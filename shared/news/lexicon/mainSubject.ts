import type { Token } from "../text/token.ts";
import { COMMODITY, CURRENCY_GROUP } from "./effect.ts";
import { type Finding, type Item, isMetric } from "./item.ts";

/** Another currency's move says the opposite of this one, and less surely than its own; of a pair's own quote it says just that. */
const OPPOSITE = -0.5;
const QUOTE = -0.9;
/** Of a pair's quote in a subordinate clause, which often says why. */
const QUOTE_AS_REASON = -0.6;

/** What makes a central bank raise rates is good for its currency, though bad for others; of a pair it is not known whose it is. */
const RATES = /inflation|\bcpi\b|\bpce\b|\bppi\b|yield|consumer price|price growth|price pressure/i;
const RATES_UP = -0.5;

/** Factor for what a finding says of rates, where a currency is what the text is about. */
export function ratesFactor(finding: Finding, main: string | null): number {
  if (main === null || main === COMMODITY || main === CURRENCY_GROUP || !RATES.test(finding.text)) return 1;
  return main.length === 3 ? RATES_UP : 0;
}

/** First currency, pair or commodity that is named: what a text about markets is about. Null where there is none. */
export function mainSubject(items: readonly Item[]): string | null {
  for (const item of items) if (isMetric(item) && item.effect.subject !== null) return item.effect.subject;
  return null;
}

/**
 * 1 for what is said of the subject itself, -0.9 for what is said of a pair's quote ("USD/MXN: peso's strength to continue"), 0 for a
 * currency that is in neither leg, -0.5 for another currency than the one that the text is about ("gold up as dollar slips"), 1 for one that
 * is named in a row with it ("euro and pound fall").
 */
export function subjectFactor(
  finding: Finding,
  main: string | null,
  items: readonly Item[],
  tokens: readonly Token[],
  is_subordinate: boolean,
): number {
  if (main === null) return 1;
  const subject = finding.metric === null ? subjectBeside(finding, items, tokens) : finding.metric.effect.subject;
  if (subject === main || (subject === null && !(is_subordinate && isOfOthers(finding, main)))) return 1;
  if (subject === null || subject === COMMODITY) return main === COMMODITY ? 1 : OF_OTHERS;
  if (main === COMMODITY && /^XA[UG]/.test(subject)) return 1;
  if (isPair(main)) return legFactor(main, subject, is_subordinate);
  if (isPair(subject)) return subject.startsWith(main) ? 1 : subject.endsWith(main) ? -1 : OPPOSITE;
  return !is_subordinate && isInRow(finding, main, items, tokens) ? 1 : OPPOSITE;
}

/** Shares or commodities, in the reason that a text about a currency gives: "yen in demand as stocks sink". */
const OF_OTHERS = 0.3;
const SHARES = /stocks?|shares?|equit|wall street|s&p|nasdaq|\bdow\b|index/i;

function isOfOthers({ metric }: Finding, main: string): boolean {
  return metric !== null && main !== COMMODITY && SHARES.test(metric.text);
}

function legFactor(pair: string, subject: string, is_subordinate: boolean): number {
  if (pair.startsWith(subject.slice(0, 3))) return 1;
  return pair.endsWith(subject) ? (is_subordinate ? QUOTE_AS_REASON : QUOTE) : 0;
}

function isPair(subject: string): boolean {
  return subject.includes("/");
}

/** The main subject stands before, with nothing but names, commas and "and" between. */
function isInRow({ metric }: Finding, main: string, items: readonly Item[], tokens: readonly Token[]): boolean {
  if (metric === null) return false;
  const first = items.find((item) => isMetric(item) && item.effect.subject === main);
  if (first === undefined || first.at > metric.at) return false;
  for (let at = first.end; at < metric.at; at++) {
    const is_name = items.some((item) => isMetric(item) && item.effect.subject !== null && at >= item.at && at < item.end);
    if (!is_name && tokens[at]!.kind !== "comma" && tokens[at]!.lower !== "and") return false;
  }
  return true;
}

/** Of a movement, "in" or "on" tells whose it is; a verb that does something to a currency has it for its object. */
function objectReach({ end }: Finding, tokens: readonly Token[]): number {
  return /^(in|on|for|against|of)$/.test(tokens[end]?.lower ?? "") ? 4 : 1;
}

/** "dollar weakens", "weak dollar": the currency right before or behind a word of value. */
function subjectBeside(finding: Finding, items: readonly Item[], tokens: readonly Token[]): string | null {
  let nearest: string | null = null;
  for (const item of items) {
    if (!isMetric(item) || item.effect.subject === null) continue;
    if (item.end <= finding.at && finding.at - item.end <= 4 && !tokens.slice(item.end, finding.at).some(({ kind }) => kind === "comma"))
      nearest = item.effect.subject;
    else if (item.at >= finding.end && item.at - finding.end <= objectReach(finding, tokens) && nearest === null)
      nearest = item.effect.subject;
  }
  return nearest;
}
