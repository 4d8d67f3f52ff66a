import { besideFinding, moneyOf, otherLeg } from "./currencySubjects.ts";
import type { Mention } from "./entities.ts";
import { annotate } from "./lexicon/annotate.ts";
import { clauseRegions, regionAt } from "./lexicon/clauseRegions.ts";
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
 * All but policy (which weighs its title itself) x 0.5 outside the title, x the negation, adverbs and modality around it, x what its clause
 * counts. What has no currency beside it is said of the one that the sentence names first, unless it stands in a clause of its own. Weights are
 * ours: a move that is reported is a fact, what policy, data and risk make of it is a tendency.
 */
const DIRECTION_WEIGHTS = { own: 1, policy: 0.6, macro: 0.35, inflation: 0.25, risk: 0.2, in_text: 0.5 } as const;

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

interface Sentence {
  readonly tokens: readonly Token[];
  readonly items: readonly Item[];
  readonly here: readonly Mention[];
  readonly money: readonly Mention[];
}

type Add = (currency: string, amount: number) => void;

function addSentence(tokens: readonly Token[], start: number, end: number, mentions: readonly Mention[], add: Add): void {
  const items = annotate(tokens, start, end);
  const found = findingsOf(items, tokens, start, end, true);
  const regions = clauseRegions(items, found, tokens, start, end);
  const here = mentions.filter(({ at }) => at >= start && at < end);
  const sentence = { tokens, items, here, money: moneyOf(here, start, end) };
  const findings = found.map((finding) => {
    const region = regionAt(regions, finding.at);
    const value = finding.value * surroundingsFactor(finding, items, tokens, start) * region.weight;
    return { ...finding, value, is_subordinate: region.is_subordinate };
  });
  for (const finding of findings) addFinding(finding, sentence, add);
  const risk = riskOf(tokens, start, end, findings);
  for (const [currency, sign] of RISK_CURRENCIES) add(currency, DIRECTION_WEIGHTS.risk * sign * risk);
}

function addFinding(finding: Finding & { readonly is_subordinate: boolean }, { tokens, items, here, money }: Sentence, add: Add): void {
  const is_of_policy = finding.metric === null && OF_POLICY.test(finding.text);
  const beside = is_of_policy ? [] : besideFinding(finding, items, tokens, money);
  const is_macro = beside.length === 0 && addMacro(finding, items, here, add);
  const is_of_first = beside.length === 0 && !is_macro && !is_of_policy && !finding.is_subordinate && finding.metric === null;
  const subjects = is_of_first ? money.slice(0, 1) : beside;
  if (subjects.length > 0) addOwn(finding, subjects, tokens, money, add);
}

/** What is said of currencies and pairs themselves, and of what they are quoted in. */
function addOwn(finding: Finding, subjects: readonly Mention[], tokens: readonly Token[], money: readonly Mention[], add: Add): void {
  const amount = DIRECTION_WEIGHTS.own * finding.value;
  const named = new Set<string>();
  for (const { entity } of subjects) {
    if (entity.kind === "currency") add(entity.currency, amount);
    if (entity.kind === "currency") named.add(entity.currency);
    if (entity.kind !== "pair") continue;
    add(entity.base, amount);
    add(entity.quote, -amount);
  }
  if (named.size === 0) return;
  const other = otherLeg(finding, tokens, money, subjects[0]!);
  if (other !== null && !named.has(other)) add(other, -amount);
}

function addMacro(finding: Finding, items: readonly Item[], here: readonly Mention[], add: Add): boolean {
  const macro = macroSignalOf(finding, items, here);
  if (macro === null) return false;
  add(macro.currency, DIRECTION_WEIGHTS[macro.kind] * macro.value);
  return true;
}
