import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockPermutation } from "../../../shared/domain/blockPermutation.ts";
import { createRandom, shuffled } from "../../../shared/domain/random.ts";

describe("createRandom", () => {
  // The first numbers of mulberry32 as published (bryc/code, jshash/PRNGs.md).
  it.each([
    [0, [0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]],
    [1, [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]],
    [0xffffffff, [0.8964226141106337, 0.189478256739676, 0.7156526781618595]],
  ])("of seed %i begins with the known numbers", (seed, expected) => {
    const random = createRandom(seed);
    expect(expected.map(() => random())).toEqual(expected);
  });
});

describe("shuffled", () => {
  it("keeps every item once, is decided by the seed, and leaves the given list alone", () => {
    const items = Array.from({ length: 50 }, (_, i) => i);
    const first = shuffled(items, createRandom(1));
    expect([...first].sort((a, b) => a - b)).toEqual(items);
    expect(shuffled(items, createRandom(1))).toEqual(first);
    expect(shuffled(items, createRandom(2))).not.toEqual(first);
    expect(items[0]).toBe(0);
  });

  it("brings every item to every place about as often", () => {
    const random = createRandom(3);
    const firsts = Array.from({ length: 6_000 }, () => shuffled([0, 1, 2], random)[0]!);
    for (const item of [0, 1, 2]) expect(firsts.filter((first) => first === item).length / 2_000).toBeCloseTo(1, 1);
  });
});

describe("blockPermutation", () => {
  it("is a permutation in which only block ends part neighbours", () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 1, max: 40 }), fc.nat(), (rows, block_rows, seed) => {
        const order = blockPermutation(rows, block_rows, seed);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i));
        const parted = [...order].filter((row, i) => i > 0 && row !== order[i - 1]! + 1);
        expect(parted.every((row) => row % block_rows === 0)).toBe(true);
        expect([...blockPermutation(rows, block_rows, seed)]).toEqual([...order]);
      }),
    );
  });
});
