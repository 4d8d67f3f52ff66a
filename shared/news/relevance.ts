import { type RelevanceTerm, relevanceTerms } from "./relevanceTerms.ts";
import { compilePhrases } from "./text/phraseTrie.ts";
import type { Token } from "./text/token.ts";
import { tokenize } from "./text/tokenize.ts";

export interface Relevance {
  /** In [0, 1]. */
  readonly relevance: number;
  /** Distinct, in the order of first mention, the title's first. */
  readonly matched_terms: readonly string[];
  readonly is_relevant: boolean;
}

/**
 * Relevance from which an article is read further. 1 - exp(-0.8) = 0.55: it takes a decisive term (weight 1) or a strong one (0.8) in the
 * title, a decisive one twice or two related ones in the text, or a related one with a place in the title. Our own choice: an article too
 * many costs a reading, one too few is lost.
 */
export const RELEVANCE_THRESHOLD = 0.5;

/** Evidence of a first mention in the text, as against the title; further mentions add REPEAT each, up to MAX_REPEATS. */
const TEXT_SHARE = 0.5;
const REPEAT = 0.15;
const MAX_REPEATS = 3;

/** The name of a country says little by itself ("Aussie" beside "Australia" is still a person): all places together add at most so much. */
const MAX_PLACES = 0.45;

const TERMS = compilePhrases(relevanceTerms);

interface Seen {
  readonly term: RelevanceTerm;
  readonly in_title: boolean;
  mentions: number;
}

/**
 * How much an article is about the currencies that are traded here: whole words and phrases of currencies, central banks, releases and
 * economies, case-aware where the case tells (MAS, Fed, US).
 *
 *   relevance = 1 - exp(-sum of w x place),  place = 1 in the title, else 0.5, + 0.15 for each of up to three further mentions
 */
export function relevanceOf({ title, text }: { readonly title: string; readonly text: string }): Relevance {
  const seen = new Map<string, Seen>();
  note(seen, title, true);
  note(seen, text, false);
  const has_plain = [...seen.values()].some(({ term }) => !term.is_ambiguous && !term.is_place);
  const counted = [...seen.values()].filter(({ term }) => has_plain || !term.is_ambiguous);
  const relevance = 1 - Math.exp(-evidenceOf(counted));
  return { relevance, matched_terms: counted.map(({ term }) => term.term), is_relevant: relevance >= RELEVANCE_THRESHOLD };
}

function note(seen: Map<string, Seen>, text: string, in_title: boolean): void {
  const tokens = tokenize(text);
  for (let at = 0; at < tokens.length; ) {
    const match = TERMS.match(tokens, at);
    const term = match?.value ?? unlistedTerm(tokens[at]!);
    if (term !== null && !term.is_trap) count(seen, term, in_title);
    at += match?.length ?? 1;
  }
}

/** A pair such as USD/SGD, and an amount of Singapore dollars (S$1.35). */
function unlistedTerm({ kind, raw }: Token): RelevanceTerm | null {
  if (kind !== "pair" && !(kind === "money" && raw.startsWith("S$"))) return null;
  return { term: kind === "pair" ? raw : "S$", weight: kind === "pair" ? 1 : 0.5, is_ambiguous: false, is_place: false, is_trap: false };
}

function count(seen: Map<string, Seen>, term: RelevanceTerm, in_title: boolean): void {
  const key = term.term.toLowerCase();
  const known = seen.get(key);
  if (known === undefined) seen.set(key, { term, in_title, mentions: 1 });
  else known.mentions++;
}

function evidenceOf(seen: readonly Seen[]): number {
  let evidence = 0;
  let places = 0;
  for (const { term, in_title, mentions } of seen) {
    const amount = term.weight * ((in_title ? 1 : TEXT_SHARE) + REPEAT * Math.min(mentions - 1, MAX_REPEATS));
    if (term.is_place) places += amount;
    else evidence += amount;
  }
  return evidence + Math.min(places, MAX_PLACES);
}
