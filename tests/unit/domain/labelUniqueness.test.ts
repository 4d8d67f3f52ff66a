import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelUniqueness } from "../../../shared/domain/labelUniqueness.ts";

const of = (labels: readonly (readonly [number, number])[]) =>
  Array.from(
    labelUniqueness(
      labels.map(([start]) => start),
      labels.map(([, end]) => end),
    ),
  );

describe("labelUniqueness", () => {
  it.each<[string, [number, number][], number[]]>([
    [
      "labels that share no time",
      [
        [0, 1],
        [1, 2],
        [5, 6],
      ],
      [1, 1, 1],
    ],
    [
      "the same label twice",
      [
        [0, 3],
        [0, 3],
      ],
      [1 / 2, 1 / 2],
    ],
    // Time is cut at 0, 2, 3 and 6; both last over the piece from 2 to 3.
    [
      "a part in common",
      [
        [0, 3],
        [2, 6],
      ],
      [(1 + 1 / 2) / 2, (1 / 2 + 1) / 2],
    ],
    [
      "one within another",
      [
        [0, 4],
        [1, 2],
      ],
      [(1 + 1 / 2 + 1) / 3, 1 / 2],
    ],
    [
      "a label that takes no time",
      [
        [0, 2],
        [1, 1],
      ],
      [1, 1],
    ],
    ["none", [], []],
  ])("of %s", (_name, labels, expected) => {
    expect(of(labels)).toEqual(expected.map((value) => expect.closeTo(value, 12)));
  });

  it.each([1, 5, 12, 24])("is 1/h of rows of every bar that look %i bars ahead, and more at both ends", (h) => {
    const found = of(Array.from({ length: 200 }, (_, bar) => [bar, bar + h] as const));
    for (const value of found.slice(h, -h)) expect(value).toBeCloseTo(1 / h, 12);
    if (h > 1) expect(found[0]).toBeGreaterThan(1 / h);
  });

  it("lies in (0, 1], adds up to the time that is covered, and looks at no label that shares none of it", () => {
    const label = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 9 })).map(([start, bars]) => [start, start + bars] as const);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 30 }), (labels) => {
        const found = of(labels);
        expect(found.every((value) => value > 0 && value <= 1 + 1e-12)).toBe(true);
        const later = [...labels, [100, 103] as const, [101, 105] as const];
        expect(of(later).slice(0, labels.length)).toEqual(found);
      }),
      { seed: 3 },
    );
  });
});
