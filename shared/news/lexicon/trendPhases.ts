import { compilePhrases } from "../text/phraseTrie.ts";
import { isEnd, isFigure, type Token } from "../text/token.ts";
import { type Phase, phaseVerbs, trendNouns } from "./data/trends.ts";
import type { Item } from "./item.ts";

const TRENDS = compilePhrases<1 | -1>(trendNouns);
const PHASES = compilePhrases<Phase>(phaseVerbs);

/** Nouns that are verbs as well: what follows "on" is why, not what becomes of them ("stocks gain on hopes that the slide ends"). */
const VERB_LIKE =
  /^(gains?|rise|fall|drop|declines?|slide|climb|jump|surge|advance|rally|rebound|bounce|slump|plunge|tumble|dip|retreat)$/i;

/** Tokens between the verb and a movement behind it, and between a movement and its verb. */
const BEFORE = 4;
const BEHIND = 7;

/** What is left of a movement that goes on, and of one that wears off. */
const STRENGTH = 0.85;

/** Words over which the verb does not reach its object. */
const STOPS: ReadonlySet<string> = new Set(
  "and or but to by in for on at with as after than while amid despite although over until before".split(" "),
);
/** Words that end what belongs to the noun. */
const CLAUSES: ReadonlySet<string> = new Set(
  "and or but as after than while amid despite although until before when which that".split(" "),
);
/** "fears of a fall ease": the noun before is what eases. */
const GOVERNED: ReadonlySet<string> = new Set("of over about".split(" "));

/**
 * A movement and what becomes of it are read as one: "pares gains" is down, "sell-off in sterling eases" is up, "extends slide" is down.
 * The pair becomes one item of movement in the noun's place, and the verb's own item goes.
 */
export function composeTrends(items: Item[], tokens: readonly Token[], start: number, end: number): Item[] {
  let composed = items;
  for (let at = start; at < end; at++) {
    const trend = TRENDS.match(tokens, at);
    if (trend === null) continue;
    const noun = { at, end: Math.min(at + trend.length, end) };
    const verb = verbBefore(tokens, start, at) ?? verbBehind(tokens, start, noun, end);
    if (verb !== null) composed = merge(composed, noun, verb, (trend.value * verb.sign) as 1 | -1, tokens);
    at = noun.end - 1;
  }
  return composed;
}

interface Verb {
  readonly at: number;
  readonly end: number;
  readonly sign: 1 | -1;
}

/** "trims early gains", "snaps a five-week winning streak"; of two verbs, the one that ends it ("gives back post-payrolls gains"). */
function verbBefore(tokens: readonly Token[], start: number, noun_at: number): Verb | null {
  let goes_on: Verb | null = null;
  for (let at = noun_at - 1; at >= Math.max(start, noun_at - BEFORE - 3); at--) {
    const phase = PHASES.match(tokens, at);
    if (phase !== null && phase.value.before !== 0 && at + phase.length <= noun_at) {
      const gap = tokens.slice(at + phase.length, noun_at);
      if (gap.length <= BEFORE && !gap.some((token) => isBreak(token) || STOPS.has(token.lower))) {
        const verb = { at, end: at + phase.length, sign: phase.value.before };
        if (verb.sign < 0) return verb;
        goes_on ??= verb;
      }
    }
    if (isBreak(tokens[at]!)) break;
  }
  return goes_on;
}

/** "sell-off in the lira deepens", "dollar's decline stalls"; "dips remain supported" are none for long. */
function verbBehind(tokens: readonly Token[], start: number, noun: { at: number; end: number }, end: number): Verb | null {
  if (GOVERNED.has(tokens[noun.at - 1]?.lower ?? "") && noun.at - 1 > start) return null;
  const is_verb_like = noun.end - noun.at === 1 && VERB_LIKE.test(tokens[noun.at]!.raw);
  for (let at = noun.end; at < Math.min(noun.end + BEHIND, end); at++) {
    const token = tokens[at]!;
    if (isBreak(token) || CLAUSES.has(token.lower) || (is_verb_like && /^(on|with|by)$/.test(token.lower))) return null;
    const phase = PHASES.match(tokens, at);
    if (phase === null || phase.value.behind === 0 || !isFiniteVerb(tokens, at, noun.end)) continue;
    const next = at + phase.length;
    const after = phase.value.behind > 0 ? PHASES.match(tokens, next) : null;
    if (after?.value.behind === -1 && next + after.length <= end) return { at, end: next + after.length, sign: -1 };
    return { at, end: next, sign: phase.value.behind };
  }
  return null;
}

/** "easing" and "extended" describe what follows, unless "is" or "has" stands before. */
function isFiniteVerb(tokens: readonly Token[], at: number, noun_end: number): boolean {
  const { lower } = tokens[at]!;
  const next = tokens[at + 1];
  if (tokens[at - 1]!.lower === "to" && /^(halt|end|stop|pause)$/.test(lower)) return false;
  if (/ing$/.test(lower)) return at > noun_end && /^(is|are|was|were)$/.test(tokens[at - 1]!.lower);
  return !(lower === "extended" && next !== undefined && /^(trading|trade|hours|session)$/.test(next.lower));
}

function isBreak(token: Token): boolean {
  return isEnd(token) || token.kind === "comma" || token.kind === "open" || (token.kind === "dash" && token.raw !== "-");
}

function merge(items: readonly Item[], noun: { at: number; end: number }, verb: Verb, direction: 1 | -1, tokens: readonly Token[]): Item[] {
  const first = Math.min(noun.at, verb.at);
  const words = tokens.slice(noun.at, noun.end);
  const said = tokens.slice(verb.at, verb.end);
  const text = (verb.at < noun.at ? [...said, ...words] : [...words, ...said]).map(({ raw }) => raw).join(" ");
  const effect = { kind: "move", direction, strength: STRENGTH, reach: "trend" } as const;
  const kept = items.filter((item) => !overlaps(item, noun) && !overlaps(item, verb) && !isDegree(item, first, noun, tokens));
  return [...kept, { at: noun.at, end: noun.end, text, effect }].sort((one, other) => one.at - other.at);
}

/** "snaps a record winning streak", "pares strong gains", "cuts 3% loss": what stands between says how much. */
function isDegree(item: Item, first: number, noun: { at: number }, tokens: readonly Token[]): boolean {
  return item.at > first && item.at < noun.at && (item.effect.kind === "polar" || isFigure(tokens[item.at]!));
}

function overlaps(item: Item, { at, end }: { at: number; end: number }): boolean {
  return item.at < end && item.end > at;
}
