import { isFigure, type Token } from "./token.ts";
import { tokenize } from "./tokenize.ts";

const NUMBER_WORDS: ReadonlySet<string> = new Set(
  "two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands several".split(" "),
);

/** Wild cards in phrases. */
const FIGURE = "FIGURE";
const ANY = "ANY";

/** Kept small: the lexicon has eighty thousand of them, nearly all with one word behind them or none, and one meaning. */
interface Node<T> {
  /** The word that was first seen behind it. */
  word: string | null;
  child: Node<T> | null;
  /** Behind all its other words. */
  others: Map<string, Node<T>> | null;
  /** Behind a wild card. */
  figure: Node<T> | null;
  any: Node<T> | null;
  /** What the path so far means, with the spelling that it asks for. */
  end: End<T> | null;
}

interface End<T> {
  readonly value: T;
  /** Per token the way it must be written, null where any will do. */
  readonly spelling: Spelling;
  /** An earlier one that is spelled in another way. */
  readonly earlier: End<T> | null;
}

type Spelling = readonly (string | null)[] | null;

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
    const words = new Map<string, string>();
    for (const [phrase, value] of phrases()) insert(built, phrase, value, words);
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

function insert<T>(root: Node<T>, phrase: string, value: T, words: Map<string, string>): void {
  addEnd(root, PLAIN.test(phrase) ? phrase.split(" ").map(plainToken) : tokenize(phrase), value, words);
}

function plainToken(word: string): Token {
  return { raw: word, lower: word, kind: "word" };
}

function addEnd<T>(root: Node<T>, tokens: readonly Token[], value: T, words: Map<string, string>): void {
  let node = root;
  for (const { raw, lower } of tokens) {
    if (raw === FIGURE) node = node.figure ??= emptyNode();
    else if (raw === ANY) node = node.any ??= emptyNode();
    else node = childAt(node, lower) ?? addChild(node, once(lower, words));
  }
  if (node === root) return;
  const written = tokens.map(({ raw, kind }) => (kind === "word" && raw !== FIGURE && raw !== ANY && /[A-Z]/.test(raw) ? raw : null));
  const spelling = written.some((one) => one !== null) ? written : null;
  node.end = { value, spelling, earlier: otherwiseSpelled(node.end, spelling) };
}

/** What has the same spelling as a later one can never be found again. */
function otherwiseSpelled<T>(end: End<T> | null, spelling: Spelling): End<T> | null {
  if (end === null) return null;
  const earlier = otherwiseSpelled(end.earlier, spelling);
  return isSame(end.spelling, spelling) ? earlier : { ...end, earlier };
}

function isSame(one: Spelling, other: Spelling): boolean {
  return String(one) === String(other);
}

function emptyNode<T>(): Node<T> {
  return { word: null, child: null, others: null, figure: null, any: null, end: null };
}

function childAt<T>({ word, child, others }: Node<T>, key: string): Node<T> | undefined {
  return word === key ? child! : others?.get(key);
}

function addChild<T>(node: Node<T>, key: string): Node<T> {
  const child: Node<T> = emptyNode();
  if (node.word === null) {
    node.word = key;
    node.child = child;
  } else {
    node.others ??= new Map();
    node.others.set(key, child);
  }
  return child;
}

/** The first of the strings with these letters: a thousand phrases have the word "the". */
function once(word: string, words: Map<string, string>): string {
  const first = words.get(word);
  if (first === undefined) words.set(word, word);
  return first ?? word;
}

/** Depth first: the exact word, then the wild cards; the longest end that is spelled right wins, an exact one among equals. */
function longest<T>(node: Node<T>, tokens: readonly Token[], start: number, at: number): PhraseMatch<T> | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const { figure, any } = node;
  let best = step(childAt(node, token.lower), tokens, start, at);
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
  for (let { end } = node; end !== null; end = end.earlier) {
    if (end.spelling === null || isSpelled(end.spelling, tokens, index)) return { value: end.value, length };
  }
  return null;
}

function isSpelled(spelling: NonNullable<Spelling>, tokens: readonly Token[], index: number): boolean {
  return spelling.every((wanted, offset) => {
    if (wanted === null) return true;
    const { raw } = tokens[index + offset]!;
    return raw === wanted || raw === wanted.toUpperCase();
  });
}
