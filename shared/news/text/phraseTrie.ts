import { isFigure, type Token } from "./token.ts";
import { tokenize } from "./tokenize.ts";

const NUMBER_WORDS: ReadonlySet<string> = new Set(
  "two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands several".split(" "),
);

/** Wild cards in phrases. */
const FIGURE = "FIGURE";
const ANY = "ANY";

interface Node<T> {
  next: Map<string, Node<T>> | null;
  /** Behind a wild card. */
  figure: Node<T> | null;
  any: Node<T> | null;
  /** What the path so far means, with the spelling that it asks for; several when only the spelling differs, the latest first. */
  ends: End<T>[] | null;
}

interface End<T> {
  readonly value: T;
  /** Per token the way it must be written, null where any will do. */
  readonly spelling: readonly (string | null)[] | null;
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
 * Phrases looked up by token; they are put in order at the first look-up, once. A token of a phrase that has a capital letter must be
 * written so, or all in capitals: "MAS" is not "mas", "Fed chair" is found in "FED Chair" but not in "fed chair". Of equal phrases the
 * last one counts. FIGURE in a phrase stands for any figure, written out up to twelve, ANY for any one word.
 */
export function compilePhrases<T>(phrases: () => Iterable<readonly [phrase: string, value: T]>): PhraseTrie<T> {
  let root: Node<T> | null = null;
  const compile = () => {
    const built: Node<T> = emptyNode();
    for (const [phrase, value] of phrases()) insert(built, phrase, value);
    return built;
  };
  return {
    match: (tokens, index) => {
      root ??= compile();
      return longest(root, tokens, index, index);
    },
  };
}

/** Most phrases are small letters and spaces, which need no tokenizer. */
const PLAIN = /^[a-z]+(?: [a-z]+)*$/;

function insert<T>(root: Node<T>, phrase: string, value: T): void {
  addEnd(root, PLAIN.test(phrase) ? phrase.split(" ").map(plainToken) : tokenize(phrase), value);
}

function plainToken(word: string): Token {
  return { raw: word, lower: word, kind: "word" };
}

function addEnd<T>(root: Node<T>, tokens: readonly Token[], value: T): void {
  let node = root;
  for (const { raw, lower } of tokens) {
    if (raw === FIGURE) node = node.figure ??= emptyNode();
    else if (raw === ANY) node = node.any ??= emptyNode();
    else node = childOf(node, lower);
  }
  if (node === root) return;
  const spelling = tokens.map(({ raw, kind }) => (kind === "word" && raw !== FIGURE && raw !== ANY && /[A-Z]/.test(raw) ? raw : null));
  const end = { value, spelling: spelling.some((one) => one !== null) ? spelling : null };
  // What has the same spelling as a later one can never be found again.
  node.ends = [
    end,
    ...(node.ends ?? []).filter((old) =>
      old.spelling !== null && end.spelling !== null ? String(old.spelling) !== String(end.spelling) : old.spelling !== end.spelling,
    ),
  ];
}

function emptyNode<T>(): Node<T> {
  return { next: null, figure: null, any: null, ends: null };
}

function childOf<T>(node: Node<T>, key: string): Node<T> {
  node.next ??= new Map();
  let child = node.next.get(key);
  if (child === undefined) {
    child = emptyNode();
    node.next.set(key, child);
  }
  return child;
}

/** Depth first: the exact word, then the wild cards; the longest end that is spelled right wins, an exact one among equals. */
function longest<T>(node: Node<T>, tokens: readonly Token[], start: number, at: number): PhraseMatch<T> | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const { next, figure, any } = node;
  let best = next === null ? null : step(next.get(token.lower), tokens, start, at);
  if (figure !== null && (isFigure(token) || NUMBER_WORDS.has(token.lower))) best = longer(best, step(figure, tokens, start, at));
  if (any !== null && token.kind === "word") best = longer(best, step(any, tokens, start, at));
  return best;
}

function step<T>(child: Node<T> | undefined, tokens: readonly Token[], start: number, at: number): PhraseMatch<T> | null {
  if (child === undefined) return null;
  return longest(child, tokens, start, at + 1) ?? endAt(child, tokens, start, at + 1 - start);
}

function longer<T>(one: PhraseMatch<T> | null, other: PhraseMatch<T> | null): PhraseMatch<T> | null {
  return other !== null && (one === null || other.length > one.length) ? other : one;
}

function endAt<T>(node: Node<T>, tokens: readonly Token[], index: number, length: number): PhraseMatch<T> | null {
  for (const { value, spelling } of node.ends ?? []) if (spelling === null || isSpelled(spelling, tokens, index)) return { value, length };
  return null;
}

function isSpelled(spelling: readonly (string | null)[], tokens: readonly Token[], index: number): boolean {
  return spelling.every((wanted, offset) => {
    if (wanted === null) return true;
    const { raw } = tokens[index + offset]!;
    return raw === wanted || raw === wanted.toUpperCase();
  });
}
