import { isFigure, type Token } from "./token.ts";
import { tokenize } from "./tokenize.ts";

/** Wild cards in phrases. */
const FIGURE = "FIGURE";
const ANY = "ANY";

interface Node<T> {
  next: Map<string, Node<T>> | null;
  /** What the path so far means, with the spelling that it asks for; several when only the spelling differs. */
  readonly ends: { readonly value: T; readonly spelling: readonly (string | null)[] | null }[];
}

export interface PhraseMatch<T> {
  readonly value: T;
  /** Tokens covered. */
  readonly length: number;
}

export interface PhraseTrie<T> {
  /** The longest phrase that begins at `index`, or null. */
  match(tokens: readonly Token[], index: number): PhraseMatch<T> | null;
}

/**
 * Phrases looked up by token, built once. A token of a phrase that has a capital letter must be written so, or all in capitals:
 * "MAS" is not "mas", "Fed chair" is found in "FED Chair" but not in "fed chair". Of equal phrases the last one counts. FIGURE in a phrase
 * stands for any figure, ANY for any one word.
 */
export function compilePhrases<T>(phrases: Iterable<readonly [phrase: string, value: T]>): PhraseTrie<T> {
  const root: Node<T> = { next: new Map(), ends: [] };
  for (const [phrase, value] of phrases) insert(root, phrase, value);
  return { match: (tokens, index) => longest(root, tokens, index, index) };
}

function insert<T>(root: Node<T>, phrase: string, value: T): void {
  const tokens = tokenize(phrase);
  if (tokens.length === 0) return;
  let node = root;
  for (const { raw, lower } of tokens) {
    const key = raw === FIGURE || raw === ANY ? raw : lower;
    node.next ??= new Map();
    let child = node.next.get(key);
    if (child === undefined) {
      child = { next: null, ends: [] };
      node.next.set(key, child);
    }
    node = child;
  }
  const spelling = tokens.map(({ raw, kind }) => (kind === "word" && raw !== FIGURE && raw !== ANY && /[A-Z]/.test(raw) ? raw : null));
  node.ends.unshift({ value, spelling: spelling.some((one) => one !== null) ? spelling : null });
}

/** Depth first: the exact word, then the wild cards; the longest end that is spelled right wins, an exact one among equals. */
function longest<T>(node: Node<T>, tokens: readonly Token[], start: number, at: number): PhraseMatch<T> | null {
  const token = tokens[at];
  const next = node.next;
  let best: PhraseMatch<T> | null = null;
  if (next !== null && token !== undefined) {
    best = step(next.get(token.lower), tokens, start, at);
    if (isFigure(token)) best = longer(best, step(next.get(FIGURE), tokens, start, at));
    if (token.kind === "word") best = longer(best, step(next.get(ANY), tokens, start, at));
  }
  return best;
}

function step<T>(child: Node<T> | undefined, tokens: readonly Token[], start: number, at: number): PhraseMatch<T> | null {
  if (child === undefined) return null;
  return longest(child, tokens, start, at + 1) ?? (child.ends.length > 0 ? endAt(child, tokens, start, at + 1 - start) : null);
}

function longer<T>(one: PhraseMatch<T> | null, other: PhraseMatch<T> | null): PhraseMatch<T> | null {
  return other !== null && (one === null || other.length > one.length) ? other : one;
}

function endAt<T>(node: Node<T>, tokens: readonly Token[], index: number, length: number): PhraseMatch<T> | null {
  for (const { value, spelling } of node.ends) if (spelling === null || isSpelled(spelling, tokens, index)) return { value, length };
  return null;
}

function isSpelled(spelling: readonly (string | null)[], tokens: readonly Token[], index: number): boolean {
  return spelling.every((wanted, offset) => {
    if (wanted === null) return true;
    const { raw } = tokens[index + offset]!;
    return raw === wanted || raw === wanted.toUpperCase();
  });
}
