import type { Token } from "../text/token.ts";
import { annotate } from "./annotate.ts";
import { clauseRegions, regionAt } from "./clauseRegions.ts";
import { findingsOf } from "./findingsOf.ts";
import type { Item } from "./item.ts";
import { mainSubject, ratesFactor, subjectFactor } from "./mainSubject.ts";
import { surroundingsFactor } from "./surroundings.ts";

export interface SentenceReading {
  readonly hits: readonly { readonly text: string; readonly value: number }[];
  /** Evidence that it only reports. */
  readonly neutral: number;
  /** First currency, pair or commodity named in it. */
  readonly subject: string | null;
}

/** A question asserts nothing. */
const QUESTION = 0.4;

/** Reads one sentence: tokens from `start` to before `end`. `main` is what the text as a whole is about, if that is known already. */
export function readSentence(tokens: readonly Token[], start: number, end: number, main: string | null): SentenceReading {
  const items = annotate(tokens, start, end);
  const subject = mainSubject(items);
  const findings = findingsOf(items, tokens, start, end, (subject ?? main) !== null);
  const regions = clauseRegions(items, findings, tokens, start, end);
  const asked = tokens[end]?.kind === "question" ? QUESTION : 1;
  const hits = findings.map((finding) => {
    const region = regionAt(regions, finding.at);
    const about = subjectFactor(finding, main ?? subject, items, tokens, region.is_subordinate);
    return {
      text: finding.text,
      value:
        finding.value *
        surroundingsFactor(finding, items, tokens, start) *
        region.weight *
        about *
        ratesFactor(finding, main ?? subject) *
        asked,
    };
  });
  return { hits: hits.filter(({ value }) => value !== 0), neutral: neutralOf(items), subject };
}

function neutralOf(items: readonly Item[]): number {
  return items.reduce((sum, { effect }) => sum + (effect.kind === "neutral" ? effect.weight : 0), 0);
}
