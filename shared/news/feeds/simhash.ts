import { sha256Hex } from "../../domain/hash.ts";

/** Words in a row that make one feature of a text. */
const SHINGLE_WORDS = 3;
const WORD = /[\p{L}\p{N}]+(?:[.,'’][\p{L}\p{N}]+)*/gu;
/** Scripts that write without spaces: each character is a word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** No text, no fingerprint: nothing is near to it. */
export const EMPTY_SIMHASH = "0000000000000000";

/** Words of a text for comparing: compatibility forms folded (NFKC), lower case, no punctuation. */
export function wordsOf(text: string): readonly string[] {
  const words = text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
  return words.flatMap((word) => (UNSPACED.test(word) ? [...word] : [word.replaceAll("’", "'")]));
}

/** Runs of three words; a shorter text is one run. */
export function shinglesOf(words: readonly string[]): ReadonlySet<string> {
  if (words.length === 0) return new Set();
  if (words.length <= SHINGLE_WORDS) return new Set([words.join(" ")]);
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE_WORDS <= words.length; at++) shingles.add(`${words[at]} ${words[at + 1]} ${words[at + 2]}`);
  return shingles;
}

/** SHA-256 of the normalised words: layout, case and punctuation are not content. */
export function contentHash(text: string): string {
  return sha256Hex(wordsOf(text).join(" "));
}

/**
 * 64-bit simhash over the text's shingles: bit i is the sign of the sum over shingles of +1 where bit i of the shingle's hash is set, else
 * -1. The share of equal bits of two texts is 1 - angle / pi (Charikar, STOC 2002), so near-identical texts differ in few bits (Manku, Jain
 * and Das Sarma, WWW 2007).
 */
export function simhash(text: string): string {
  const sums = new Int32Array(64);
  const shingles = shinglesOf(wordsOf(text));
  if (shingles.size === 0) return EMPTY_SIMHASH;
  for (const shingle of shingles) {
    addBits(sums, 0, hash32(shingle, 0x9747b28c));
    addBits(sums, 32, hash32(shingle, 0x3c6ef372));
  }
  const bits = [0, 32].map((from) => wordAt(sums, from).toString(16).padStart(8, "0")).join("");
  // A text has a fingerprint: the one value that says "no text" is left to that.
  return bits === EMPTY_SIMHASH ? "0000000000000001" : bits;
}

function addBits(sums: Int32Array, from: number, hash: number): void {
  for (let bit = 0; bit < 32; bit++) sums[from + bit]! += (hash >>> bit) & 1 ? 1 : -1;
}

function wordAt(sums: Int32Array, from: number): number {
  let word = 0;
  for (let bit = 0; bit < 32; bit++) if (sums[from + bit]! > 0) word |= 1 << bit;
  return word >>> 0;
}

/** FNV-1a over UTF-16 units with MurmurHash3's finalizer, which spreads the last characters over all bits. */
function hash32(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
