import type { Mention } from "./entities.ts";
import { annotate } from "./lexicon/annotate.ts";
import { findingsOf } from "./lexicon/findingsOf.ts";
import type { Finding, Item } from "./lexicon/item.ts";
import { surroundingsFactor } from "./lexicon/surroundings.ts";
import { macroSignalOf } from "./macroSignal.ts";
import type { PolicyView } from "./policyStance.ts";
import type { ReadableText } from "./readableText.ts";
import { RISK_CURRENCIES, riskOf } from "./riskSignal.ts";
import type { Token } from "./text/token.ts";

/**
 * Direction of each currency, positive = it strengthens: tanh of the sum of
 *
 * | what the text says                                                  | sign                              | weight |
 * |---------------------------------------------------------------------|-----------------------------------|--------|
 * | the currency itself rises, falls, is strong, is weak                | as said                           | 1      |
 * | "... against the yen": the other currency                           | opposite of the subject's         | 1      |
 * | a pair rises: its base; its quote                                   | as said; opposite                 | 1      |
 * | its central bank is hawkish (dovish); MAS: steeper slope, higher band | + (-)                           | 0.6    |
 * | growth, exports, jobs of its country are strong (weak)              | + (-)                             | 0.35   |
 * | inflation of its country is hot (cools): tighter (looser) policy    | + (-)                             | 0.25   |
 * | flight from risk (appetite for it): USD, JPY, CHF                   | + (-)                             | 0.2    |
 * | flight from risk (appetite for it): SGD, AUD, NZD, others of Asia   | - (+)                             | 0.2    |
 *
 * All but policy (which weighs its title itself) x 0.5 outside the title, x the negation, adverbs and modality around it. Weights are
 * ours: a move that is reported is a fact, what policy, data and risk make of it is a tendency.
 */
export const DIRECTION_WEIGHTS = { own: 1, policy: 0.6, macro: 0.35, inflation: 0.25, risk: 0.2, in_text: 0.5 } as const;

/** Tokens over which a word of value reaches its currency. */
const SUBJECT_REACH = 6;
const OTHER_REACH = 4;

/** Words of policy are read by policyStance: here they would count twice. */
const OF_POLICY = /\b(rates?|hikes?|cuts?|hawk\w*|dov\w*|policy|slope|tighten\w*|easing|intervention)\b/i;

export function currencyDirectionsOf(text: ReadableText, mentions: readonly Mention[], policy: readonly PolicyView[]): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (currency: string, amount: number) => {
    if (amount !== 0) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  };
  for (const { currency, score } of policy) add(currency, DIRECTION_WEIGHTS.policy * score);
  for (const [start, end] of text.sentences) {
    const place = start < text.title_end ? 1 : DIRECTION_WEIGHTS.in_text;
    addSentence(text.tokens, start, end, mentions, (currency, amount) => add(currency, place * amount));
  }
  return new Map([...sums].map(([currency, sum]) => [currency, Math.tanh(sum)]));
}

function addSentence(
  tokens: readonly Token[],
  start: number,
  end: number,
  mentions: readonly Mention[],
  add: (currency: string, amount: number) => void,
): void {
  const here = mentions.filter(({ at }) => at >= start && at < end);
  const items = annotate(tokens, start, end);
  const findings = findingsOf(items, tokens, start, end, true).map((finding) => ({
    ...finding,
    value: finding.value * surroundingsFactor(finding, items, tokens, start),
  }));
  for (const finding of findings) addFinding(finding, items, tokens, here, add);
  const risk = riskOf(tokens, start, end, findings);
  for (const [currency, sign] of RISK_CURRENCIES) add(currency, DIRECTION_WEIGHTS.risk * sign * risk);
}

function addFinding(
  finding: Finding,
  items: readonly Item[],
  tokens: readonly Token[],
  here: readonly Mention[],
  add: (currency: string, amount: number) => void,
): void {
  const subjects = finding.metric === null && OF_POLICY.test(finding.text) ? [] : subjectsOf(finding, tokens, here);
  for (const { entity } of subjects) {
    if (entity.kind === "currency") add(entity.currency, DIRECTION_WEIGHTS.own * finding.value);
    if (entity.kind !== "pair") continue;
    add(entity.base, DIRECTION_WEIGHTS.own * finding.value);
    add(entity.quote, -DIRECTION_WEIGHTS.own * finding.value);
  }
  if (subjects.length > 0) {
    const other = otherOf(finding, tokens, here);
    if (other !== null && !subjects.some(({ entity }) => entity.kind === "currency" && entity.currency === other))
      add(other, -DIRECTION_WEIGHTS.own * finding.value);
    return;
  }
  const macro = macroSignalOf(finding, items, here);
  if (macro !== null) add(macro.currency, DIRECTION_WEIGHTS[macro.kind] * macro.value);
}

/** The currency or pair that a finding speaks of, with those that "and" or a comma joins to it. */
function subjectsOf(finding: Finding, tokens: readonly Token[], here: readonly Mention[]): Mention[] {
  const money = here.filter(({ entity }) => entity.kind === "currency" || entity.kind === "pair");
  const metric = finding.metric;
  if (metric !== null) {
    const index = money.findIndex(({ at, end }) => metric.at >= at && metric.at < end);
    return index === -1 ? [] : withJoined(money, index, tokens);
  }
  const ahead = money.findIndex(({ at }) => at === finding.end);
  const behind = money.findLastIndex(({ end }) => end <= finding.at && finding.at - end < SUBJECT_REACH);
  if (behind !== -1 && (ahead === -1 || money[behind]!.end === finding.at) && !hasComma(tokens, money[behind]!.end, finding.at))
    return withJoined(money, behind, tokens);
  return ahead === -1 ? [] : [money[ahead]!];
}

/** "Euro and pound fall", "Dollar, yen rise". */
function withJoined(money: readonly Mention[], index: number, tokens: readonly Token[]): Mention[] {
  const subject = money[index]!;
  const previous = money[index - 1];
  if (previous === undefined || subject.at - previous.end !== 1) return [subject];
  const link = tokens[previous.end]!;
  return link.kind === "comma" || link.lower === "and" ? [previous, subject] : [subject];
}

/** "against the yen", "versus the US dollar", "1.36 per US dollar". */
function otherOf(finding: Finding, tokens: readonly Token[], here: readonly Mention[]): string | null {
  for (const { at, entity } of here) {
    if (entity.kind !== "currency" || at < finding.end || at - finding.end > 2 * OTHER_REACH) continue;
    const before = [tokens[at - 1], tokens[at - 2]].map((token) => token?.lower);
    if (before.some((word) => word === "against" || word === "versus" || word === "vs" || word === "per")) return entity.currency;
  }
  return null;
}

function hasComma(tokens: readonly Token[], start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (tokens[at]!.kind === "comma") return true;
  return false;
}
