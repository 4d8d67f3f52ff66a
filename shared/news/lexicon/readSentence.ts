import type { Token } from "../text/token.ts";
import { annotate } from "./annotate.ts";
import { clauseRegions, regionAt } from "./clauseRegions.ts";
import { findingsOf } from "./findingsOf.ts";
import { isProse } from "./isProse.ts";
import type { Item } from "./item.ts";
import { mainSubject, ratesFactor, subjectFactor } from "./mainSubject.ts";
import { descriptionsIn } from "./relativeClauses.ts";
import { surroundingsFactor } from "./surroundings.ts";

export interface SentenceReading {
  readonly hits: readonly { readonly text: string; readonly value: number }[];
  /** Evidence that it only reports. */
  readonly neutral: number;
  /** First currency, pair or commodity named in it. */
  readonly subject: string | null;
}

/** What describes is not what happened. */
const DESCRIBED = 0.5;

/** A question asserts nothing. */
const QUESTION = 0.4;

/** Reads one sentence: tokens from `start` to before `end`. `main` is what the text as a whole is about, if that is known already. */
export function readSentence(tokens: readonly Token[], start: number, end: number, main: string | null): SentenceReading {
  const items = annotate(tokens, start, end);
  const subject = mainSubject(items);
  const findings = findingsOf(items, tokens, start, end, (subject ?? main) !== null);
  const regions = clauseRegions(items, findings, tokens, start, end);
  const described = isProse(tokens) ? descriptionsIn(tokens, start, end, (before) => findings.some((finding) => finding.at < before)) : [];
  const asked = tokens[end]?.kind === "question" ? QUESTION : 1;
  const weighed = findings.map((finding) => {
    const region = regionAt(regions, finding.at);
    const about = subjectFactor(finding, main ?? subject, items, tokens, region.is_subordinate);
    return {
      text: finding.text,
      is_firm: finding.metric !== null,
      value:
        finding.value *
        surroundingsFactor(finding, items, tokens, start) *
        region.weight *
        about *
        (described.some(([from, to]) => finding.at >= from && finding.at < to) ? DESCRIBED : 1) *
        ratesFactor(finding, main ?? subject) *
        asked,
    };
  });
  return { hits: discounted(weighed).filter(({ value }) => value !== 0), neutral: neutralOf(items), subject };
}

interface Weighed {
  readonly text: string;
  readonly value: number;
  /** Says of what: a figure or a price that rose. A word of praise or blame by itself is less sure. */
  readonly is_firm: boolean;
}

/** "Efficient, reliable and innovative" says little more than one of them: of such words the strongest counts, and half of each other. */
const FURTHER = 0.5;

function discounted(all: readonly Weighed[]): { text: string; value: number }[] {
  const soft = all.filter(({ is_firm }) => !is_firm);
  const best = Math.max(0, ...soft.map(({ value }) => value));
  const worst = Math.min(0, ...soft.map(({ value }) => value));
  return all.map(({ text, value, is_firm }) => ({ text, value: is_firm || value === best || value === worst ? value : FURTHER * value }));
}

function neutralOf(items: readonly Item[]): number {
  return items.reduce((sum, { effect }) => sum + (effect.kind === "neutral" ? effect.weight : 0), 0);
}
