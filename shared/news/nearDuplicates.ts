import type { Article } from "../domain/article.ts";
import { HOUR, type Instant } from "../domain/instant.ts";
import { EMPTY_SIMHASH, shinglesOf, wordsOf } from "./feeds/simhash.ts";

export type DuplicateCandidate = Pick<
  Article,
  "article_id" | "source" | "available_at" | "title" | "summary" | "body" | "content_hash" | "simhash"
>;

/** Syndicated reports appear within a day or two; the same words later are another event (a rate kept again). */
const WITHIN_MS = 72 * HOUR;
/** Texts that share 85 % of their shingles differ in 8 of 64 bits on average, and in more than 12 one time in ten. */
const MAX_DISTANCE = 12;
/** Thirteen bands of five bits (the last has four): one at least is equal when at most twelve bits differ. */
const BANDS = 13;
const BAND_BITS = 5;
/** Share of three-word shingles in common (Jaccard) from which two texts are one report: below it are reports on one event. */
const MIN_SHARED = 0.85;
/** Shorter texts share their few words by chance. */
const MIN_WORDS = 8;

interface Candidate {
  readonly article: DuplicateCandidate;
  readonly order: number;
  readonly simhash: readonly [high: number, low: number];
  /** Made when it is first compared. */
  content: { readonly shingles: ReadonlySet<string>; readonly numbers: string } | null;
}

/** Articles seen so far, by one of their keys, oldest first. */
type Index<Key> = Map<Key, Candidate[]>;

/**
 * Articles that say nearly the same as an earlier one, each with the id of the earliest such, by (available_at, article_id), of the 72 hours
 * before. Between sources, texts that share most of their shingles and all of their figures; within a source, only the same title and
 * text, since a site's own near-copies are its updates. An article's answer depends on those 72 hours alone: later articles never change
 * it, and neither does where a span is cut. About n log n: simhash bands find the few that are worth comparing word by word.
 */
export function nearDuplicates(articles: readonly DuplicateCandidate[]): Map<string, string> {
  const duplicate_of = new Map<string, string>();
  const bands = Array.from({ length: BANDS }, (): Index<number> => new Map());
  const by_content: Index<string> = new Map();
  const seen = new Set<string>();
  sorted(articles).forEach((article, order) => {
    // A later version of an article is no repetition of it.
    if (article.simhash === EMPTY_SIMHASH || seen.has(article.article_id)) return;
    seen.add(article.article_id);
    const candidate: Candidate = { article, order, simhash: bitsOf(article.simhash), content: null };
    const same = recentOf(by_content, article.content_hash, article.available_at)[0] ?? null;
    const first = earlierOf(same, nearest(bands, candidate));
    if (first) duplicate_of.set(article.article_id, first.article.article_id);
    add(by_content, article.content_hash, candidate);
    for (const [at, band] of bands.entries()) add(band, bandOf(candidate.simhash, at), candidate);
  });
  return duplicate_of;
}

function sorted(articles: readonly DuplicateCandidate[]): readonly DuplicateCandidate[] {
  return articles.toSorted((a, b) => a.available_at - b.available_at || (a.article_id < b.article_id ? -1 : 1));
}

/** What an index holds of the last 72 hours under a key; the rest is dropped on the way. */
function recentOf<Key>(index: Index<Key>, key: Key, at: Instant): readonly Candidate[] {
  const held = index.get(key) ?? [];
  const first = held.findIndex(({ article }) => at - article.available_at <= WITHIN_MS);
  if (first > 0) held.splice(0, first);
  else if (first < 0) held.length = 0;
  return held;
}

function add<Key>(index: Index<Key>, key: Key, candidate: Candidate): void {
  const held = index.get(key);
  if (held) held.push(candidate);
  else index.set(key, [candidate]);
}

function earlierOf(a: Candidate | null, b: Candidate | null): Candidate | null {
  return a && b ? (a.order < b.order ? a : b) : (a ?? b);
}

/** The earliest candidate of another source with nearly the same text. */
function nearest(bands: readonly Index<number>[], candidate: Candidate): Candidate | null {
  const tried = new Set<number>();
  let found: Candidate | null = null;
  for (const [at, band] of bands.entries()) {
    for (const earlier of recentOf(band, bandOf(candidate.simhash, at), candidate.article.available_at)) {
      if (found && earlier.order >= found.order) break;
      if (tried.has(earlier.order)) continue;
      tried.add(earlier.order);
      if (isNear(earlier, candidate)) found = earlier;
    }
  }
  return found;
}

function isNear(a: Candidate, b: Candidate): boolean {
  if (a.article.source === b.article.source || distance(a.simhash, b.simhash) > MAX_DISTANCE) return false;
  const [one, two] = [contentOf(a), contentOf(b)];
  // Another figure is other news, however alike the words around it.
  return one.numbers === two.numbers && jaccard(one.shingles, two.shingles) >= MIN_SHARED;
}

function contentOf(candidate: Candidate) {
  if (candidate.content) return candidate.content;
  const { title, body, summary } = candidate.article;
  const words = wordsOf([title, body || summary].join("\n"));
  const shingles: ReadonlySet<string> = words.length < MIN_WORDS ? new Set() : shinglesOf(words);
  const numbers = [...new Set(words.filter((word) => /\d/.test(word)))].sort().join(" ");
  candidate.content = { shingles, numbers };
  return candidate.content;
}

/** |A and B| / |A or B|; nothing is like nothing. */
function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const shingle of a) if (b.has(shingle)) shared += 1;
  return shared / (a.size + b.size - shared);
}

function bitsOf(simhash: string): readonly [number, number] {
  return [Number.parseInt(simhash.slice(0, 8), 16), Number.parseInt(simhash.slice(8), 16)];
}

function bandOf([high, low]: readonly [number, number], band: number): number {
  const from = band * BAND_BITS;
  // Both halves of a band that lies across the middle come into one number.
  const bits = from >= 32 ? low >>> (from - 32) : from + BAND_BITS <= 32 ? high >>> from : (high >>> from) | (low << (32 - from));
  return bits & (2 ** BAND_BITS - 1);
}

function distance(a: readonly [number, number], b: readonly [number, number]): number {
  return bitCount(a[0] ^ b[0]) + bitCount(a[1] ^ b[1]);
}

/** Hacker's Delight (Warren 2012), 5-1. */
function bitCount(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
