import { bankOfCurrency, type CentralBank } from "./centralBanks.ts";
import type { Mention } from "./entities.ts";
import { DOVISH, FADING, HAWKISH, HOLDING, TURNING } from "./policyPhrases.ts";
import type { ReadableText } from "./readableText.ts";
import type { PolicyImplication, PolicyStance } from "./silverArticle.ts";
import { phrasesOf } from "./text/expandPhrase.ts";
import { compilePhrases } from "./text/phraseTrie.ts";

export interface PolicyView extends CentralBank {
  /** In [-1, 1]: positive = hawkish. */
  readonly score: number;
}

type Cue = "hawkish" | "dovish" | "holding" | "turning" | "fading";

const CUES = compilePhrases<Cue>(() =>
  (
    [
      [FADING, "fading"],
      [TURNING, "turning"],
      [HOLDING, "holding"],
      [DOVISH, "dovish"],
      [HAWKISH, "hawkish"],
    ] as const
  ).flatMap(([phrases, cue]) => phrasesOf(phrases).map((phrase) => [phrase, cue] as const)),
);

/** Tokens over which a turning word reaches forward and a fading one back. */
const TURNING_REACH = 5;
const FADING_REACH = 4;
/** "No rate cut" is less than a hike. */
const TURNED = -0.7;
/** Evidence in the text counts half of the title's. */
const IN_TEXT = 0.5;
/** Below it a bank is called neutral: one cue in the text alone (0.46 after squashing) is more, two that disagree are less. */
const STANCE_THRESHOLD = 0.3;

interface Found {
  readonly at: number;
  readonly end: number;
  readonly cue: Cue;
}

/**
 * Stance of each central bank that is spoken of: squash(sum of cues), +1 for a hawkish one, -1 for a dovish one, 0 for holding, x -0.7 where it is
 * negated, delayed or fading, x 0.5 outside the title; squash = tanh. A cue belongs to the nearest bank of its sentence, else to the bank
 * of the first currency or country there, else to the bank named last before.
 */
export function policyViewsOf(text: ReadableText, mentions: readonly Mention[]): PolicyView[] {
  const scores = new Map<string, { bank: CentralBank; sum: number }>();
  let last: CentralBank | null = null;
  for (const [start, end] of text.sentences) {
    const here = mentions.filter(({ at }) => at >= start && at < end);
    const cues = cuesOf(text, start, end);
    for (const found of cues) {
      if (found.cue === "turning" || found.cue === "fading") continue;
      const bank: CentralBank | null = bankFor(found, here) ?? last;
      if (bank === null) continue;
      const entry = scores.get(bank.bank) ?? { bank, sum: 0 };
      entry.sum += cueValue(found, cues) * (found.at < text.title_end ? 1 : IN_TEXT);
      scores.set(bank.bank, entry);
    }
    last = here.reduce<CentralBank | null>((bank, { entity }) => (entity.kind === "bank" ? entity : bank), last);
  }
  return [...scores.values()].map(({ bank, sum }) => ({ bank: bank.bank, currency: bank.currency, score: Math.tanh(sum) }));
}

/** The clearest view of an article; null where nobody's policy is spoken of. */
export function policyImplicationOf(views: readonly PolicyView[]): PolicyImplication | null {
  let clearest: PolicyView | null = null;
  for (const view of views) if (clearest === null || Math.abs(view.score) > Math.abs(clearest.score)) clearest = view;
  if (clearest === null) return null;
  return { bank: clearest.bank, currency: clearest.currency, stance: stanceOf(clearest.score) };
}

function stanceOf(score: number): PolicyStance {
  if (score >= STANCE_THRESHOLD) return "hawkish";
  return score <= -STANCE_THRESHOLD ? "dovish" : "neutral";
}

function cuesOf({ tokens }: ReadableText, start: number, end: number): Found[] {
  const found: Found[] = [];
  for (let at = start; at < end; ) {
    const match = CUES.match(tokens, at);
    if (match !== null) found.push({ at, end: at + match.length, cue: match.value });
    at += match?.length ?? 1;
  }
  return found;
}

function cueValue(found: Found, cues: readonly Found[]): number {
  const value = found.cue === "hawkish" ? 1 : found.cue === "dovish" ? -1 : 0;
  const is_turned = cues.some(
    ({ cue, at, end }) =>
      (cue === "turning" && end <= found.at && found.at - end < TURNING_REACH) ||
      (cue === "fading" && at >= found.end && at - found.end < FADING_REACH),
  );
  return is_turned ? value * TURNED : value;
}

function bankFor({ at }: Found, here: readonly Mention[]): CentralBank | null {
  let nearest: CentralBank | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (const mention of here) {
    if (mention.entity.kind !== "bank" || Math.abs(mention.at - at) >= distance) continue;
    nearest = mention.entity;
    distance = Math.abs(mention.at - at);
  }
  return nearest ?? here.reduce<CentralBank | null>((bank, mention) => bank ?? issuerOf(mention), null);
}

function issuerOf({ entity }: Mention): CentralBank | null {
  if (entity.kind === "currency" || entity.kind === "country") return bankOfCurrency(entity.currency);
  return entity.kind === "pair"
    ? (bankOfCurrency(entity.quote === "USD" ? entity.base : entity.quote) ?? bankOfCurrency(entity.base))
    : null;
}
