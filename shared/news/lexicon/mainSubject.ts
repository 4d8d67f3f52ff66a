import type { Token } from "../text/token.ts";
import { COMMODITY } from "./effect.ts";
import { type Finding, type Item, isMetric } from "./item.ts";

/** Another currency's move says the opposite of this one, and less surely than its own. */
const OPPOSITE = -0.5;

/** What makes a central bank raise rates is good for its currency, though bad for others; of a pair it is not known whose it is. */
const RATES = /inflation|\bcpi\b|yield|consumer price|price growth|price pressure/i;
const RATES_UP = -0.5;

/** Factor for what a finding says of rates, where a currency is what the text is about. */
export function ratesFactor(finding: Finding, main: string | null): number {
  if (main === null || main === COMMODITY || !RATES.test(finding.text)) return 1;
  return main.length === 3 ? RATES_UP : 0;
}

/** First currency, pair or commodity that is named: what a text about markets is about. Null where there is none. */
export function mainSubject(items: readonly Item[]): string | null {
  for (const item of items) if (isMetric(item) && item.effect.subject !== null) return item.effect.subject;
  return null;
}

/**
 * 1 for what is said of the subject itself; -0.5 for what is said of a currency against which it is quoted ("gold up as dollar slips",
 * "AUD/USD climbs as US dollar weakens").
 */
export function subjectFactor(finding: Finding, main: string | null, items: readonly Item[], tokens: readonly Token[]): number {
  if (main === null) return 1;
  const subject = finding.metric === null ? subjectBeside(finding, items, tokens) : finding.metric.effect.subject;
  if (subject === null || subject === COMMODITY || basesOf(subject) === basesOf(main)) return 1;
  return OPPOSITE;
}

/** The base of a pair stands for the pair. */
function basesOf(subject: string): string {
  return subject.slice(0, 3);
}

/** "dollar weakens", "weak dollar": the currency right before or behind a word of value. */
export function subjectBeside(finding: Finding, items: readonly Item[], tokens: readonly Token[]): string | null {
  let nearest: string | null = null;
  for (const item of items) {
    if (!isMetric(item) || item.effect.subject === null) continue;
    if (item.end <= finding.at && finding.at - item.end <= 4 && !tokens.slice(item.end, finding.at).some(({ kind }) => kind === "comma"))
      nearest = item.effect.subject;
    else if (item.at >= finding.end && item.at - finding.end <= 1 && nearest === null) nearest = item.effect.subject;
  }
  return nearest;
}
