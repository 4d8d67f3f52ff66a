import { bitsAt, toUniform } from "../market/counterHash.ts";

/** Draws of one thing, one after the other, all from its key: the same key gives the same sequence. */
export class Draws {
  readonly #key: number;
  #next = 0;

  constructor(key: number) {
    this.#key = key;
  }

  /** In (0, 1). */
  uniform(): number {
    return toUniform(bitsAt(this.#key, this.#next++));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.uniform() * from.length)]!;
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  /** `count` of them, in random order, none twice. */
  sample<T>(from: readonly T[], count: number): T[] {
    const left = [...from];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.integer(0, left.length - 1), 1)[0]!);
  }
}
