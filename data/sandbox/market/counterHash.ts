/**
 * Randomness addressed by what it is for, not by when it is asked: every draw is a hash of (seed, stream, index). So a
 * market is the same whatever range is read first, and no generator state has to be kept.
 */

/** What a draw is for. Streams with different numbers are independent. Those from 101 on are not of one pair: the pairs' keys are 1 to 7. */
export const STREAM = {
  missing_bar: 1,
  size: 2,
  sign: 3,
  minute_path: 4,
  minute_quote: 5,
  news_event: 101,
  news_item: 102,
  news_request: 103,
  news_fact: 104,
  news_kind: 105,
  news_text: 106,
  news_page: 107,
} as const;

const GOLDEN = 0x9e3779b1;
const UINT32 = 4_294_967_296;

/** MurmurHash3's 32-bit finaliser (Appleby 2011): a bijection in which every input bit changes each output bit half of the time. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Folds `value` into `key`: two rounds, so that neighbouring keys and neighbouring values do not meet. */
export function deriveKey(key: number, value: number): number {
  return mix(mix(key + Math.imul(value, GOLDEN)) ^ Math.imul(value, 0x85ebca6b));
}

/** 32 random bits for `index` under `key`. */
export function bitsAt(key: number, index: number): number {
  return mix(key ^ Math.imul(index + 1, GOLDEN));
}

/** A 32-bit draw as a number in (0, 1), never 0 and never 1. */
export function toUniform(bits: number): number {
  return (bits + 0.5) / UINT32;
}

/**
 * A 32-bit draw as an approximately normal number (mean 0, variance 1): the sum of its four bytes. The variance of a byte
 * is (256^2 - 1)/12. Symmetric about 0, bounded by 3.45; needs no logarithm.
 */
export function toNormal(bits: number): number {
  const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
  return (sum - 510) / 147.8;
}
