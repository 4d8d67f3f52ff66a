import { sha256Hex } from "../../../shared/domain/hash.ts";

/** A number in [0, 1) that a text always gives, and no other text is likely to: jitter without chance. */
export function hashFraction(text: string): number {
  return Number.parseInt(sha256Hex(text).slice(0, 8), 16) / 2 ** 32;
}
