import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { brierDecomposition } from "../../../shared/metrics/brierDecomposition.ts";
import { calibrationBins } from "../../../shared/metrics/calibrationBins.ts";
import { calibrationError } from "../../../shared/metrics/calibrationError.ts";
import { classIntervals, classScores } from "../../../shared/metrics/classScores.ts";
import { mean } from "../../../shared/metrics/meanInterval.ts";

const rows = fc.array(fc.record({ y: fc.constantFrom(0, 1), p: fc.constantFrom(0, 0.2, 0.25, 0.5, 0.5000001, 0.9, 1) }), {
  minLength: 1,
  maxLength: 80,
});
const columns = (of: readonly { y: number; p: number }[]) => ({ y: of.map(({ y }) => y), p: of.map(({ p }) => p) });
const close = (one: number, other: number) => Math.abs(one - other) < 1e-12;

describe("calibrationBins", () => {
  it("hold every row once, ascending, equal probabilities together, and as equal in size as those allow", () => {
    fc.assert(
      fc.property(rows, (of) => {
        const input = columns(of);
        const bins = calibrationBins(input);
        expect(bins.flatMap((bin) => [...bin.rows]).toSorted((a, b) => a - b)).toEqual(of.map((_, row) => row));
        const ends = bins.map((bin) => bin.rows.map((row) => input.p[row]!)).map((p) => [Math.min(...p), Math.max(...p)] as const);
        for (let i = 1; i < ends.length; i++) expect(ends[i - 1]![1]).toBeLessThan(ends[i]![0]);
      }),
      { seed: 3, numRuns: 200 },
    );
    const p = Array.from({ length: 1_003 }, (_, i) => i / 1_003);
    expect(calibrationBins({ y: p.map(() => 0), p }).map((bin) => bin.rows.length)).toEqual([
      100, 100, 100, 101, 100, 100, 101, 100, 100, 101,
    ]);
    expect(calibrationBins({ y: [], p: [] })).toEqual([]);
  });
});

describe("calibrationError", () => {
  it.each([
    ["a constant that is the base rate", [0.5, 0.5, 0.5, 0.5], [0, 1, 0, 1], 0],
    ["a constant that is a quarter off", [0.75, 0.75, 0.75, 0.75], [0, 1, 0, 1], 0.25],
    [
      "two groups, each off by a tenth to its own side",
      [...Array(10).fill(0.1), ...Array(10).fill(0.9)],
      [...Array(10).fill(0), ...Array(10).fill(1)],
      0.1,
    ],
    ["certainty that is wrong", [1, 1, 0, 0], [0, 0, 1, 1], 1],
  ])("of %s", (_what, p, y, expected) => {
    expect(calibrationError({ y, p })?.ece).toBeCloseTo(expected, 12);
  });

  it("of a calibrated model is what it is said to be by chance, and less where there are more rows", () => {
    const random = createRandom(2);
    const of = (n: number) => {
      const p = Array.from({ length: n }, () => 0.4 + 0.2 * random());
      return calibrationError({ y: p.map((one) => (random() < one ? 1 : 0)), p })!;
    };
    for (const n of [1_000, 9_000]) {
      const drawn = Array.from({ length: 30 }, () => of(n));
      expect(mean(drawn.map(({ ece }) => ece)) / mean(drawn.map(({ ece_of_chance }) => ece_of_chance))).toBeCloseTo(1, 1);
      expect(drawn[0]!.ece_of_chance).toBeCloseTo(0.399 * Math.sqrt(10 / n), 2);
    }
    expect(calibrationError({ y: [], p: [] })).toBeNull();
  });
});

describe("brierDecomposition", () => {
  it("adds up to the score", () => {
    fc.assert(
      fc.property(rows, (of) => {
        const input = columns(of);
        const parts = brierDecomposition(input);
        if (parts === null) return calibrationBins(input).some((bin) => bin.rows.length < 2);
        const score = mean(of.map(({ y, p }) => (p - y) ** 2));
        return close(parts.reliability - parts.resolution + parts.uncertainty + parts.within_bins, score);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it("finds neither resolution nor reliability in noise, on average, and both where they are", () => {
    const random = createRandom(8);
    const of = (n: number, truth: (lean: number) => number) => {
      const p = Array.from({ length: n }, () => (random() < 0.5 ? 0.4 : 0.6) + 0.002 * (random() - 0.5));
      return brierDecomposition({ y: p.map((one) => (random() < truth(one) ? 1 : 0)), p })!;
    };
    const many = (truth: (lean: number) => number) => Array.from({ length: 200 }, () => of(400, truth));
    const noise = many(() => 0.5);
    // Uncorrected, each would be near bins / 4n = 0.006.
    expect(Math.abs(mean(noise.map(({ resolution }) => resolution)))).toBeLessThan(0.001);
    expect(Math.abs(mean(noise.map(({ reliability }) => reliability)) - 0.01)).toBeLessThan(0.001);
    const skilled = many((lean) => lean);
    expect(Math.abs(mean(skilled.map(({ resolution }) => resolution)) - 0.01)).toBeLessThan(0.001);
    expect(Math.abs(mean(skilled.map(({ reliability }) => reliability)))).toBeLessThan(0.001);
    expect(mean(skilled.map(({ uncertainty }) => uncertainty))).toBeCloseTo(0.25, 3);
  });
});

describe("classScores", () => {
  it.each([
    ["all right", [1, 0, 1, 0], [0.6, 0.4, 0.5, 0.1], 1, 1],
    ["all wrong", [1, 0], [0.4, 0.6], 0, -1],
    ["always a rise", [1, 0, 1, 0], [0.9, 0.9, 0.5, 0.5], 2 / 3, null],
    ["never a rise, and none came", [0, 0], [0.1, 0.2], null, null],
    ["three of four rises, one of two falls", [1, 1, 1, 1, 0, 0], [0.9, 0.9, 0.9, 0.1, 0.9, 0.1], 0.75, 0.25],
    ["nothing", [], [], null, null],
  ])("of %s", (_what, y, p, f1, mcc) => {
    const found = classScores({ y, p });
    expect(found.f1 === null ? null : Number(found.f1.toFixed(12))).toBe(f1 === null ? null : Number(f1.toFixed(12)));
    expect(found.mcc === null ? null : Number(found.mcc.toFixed(12))).toBe(mcc);
  });

  it("have intervals that hold chance where there is nothing else, and leave it out where there is more", () => {
    const random = createRandom(6);
    const y = Array.from({ length: 1_500 }, () => (random() < 0.5 ? 1 : 0));
    const noise = classIntervals({ y, p: y.map(() => random()) });
    expect(noise.mcc!.low).toBeLessThan(0);
    expect(noise.mcc!.high).toBeGreaterThan(0);
    const skilled = classIntervals({ y, p: y.map((label) => (random() < 0.6 ? label : 1 - label) * 0.2 + 0.4) });
    expect(skilled.mcc!.low).toBeGreaterThan(0);
    expect(skilled.mcc!.estimate).toBeCloseTo(0.2, 1);
    expect(skilled.f1!.low).toBeLessThan(skilled.f1!.estimate);
    expect(classIntervals({ y: [0, 0], p: [0.1, 0.2] })).toEqual({ f1: null, mcc: null });
  });
});
