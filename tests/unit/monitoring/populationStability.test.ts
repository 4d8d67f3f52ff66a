import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countBins,
  decileEdges,
  klDivergence,
  klWithoutDrift,
  missingShare,
  populationStability,
  psiWithoutDrift,
} from "../../../shared/monitoring/populationStability.ts";

const value = fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: 0, max: 2 }), fc.constant(Number.NaN));
const sample = fc.array(value, { minLength: 1, maxLength: 200 });

describe("decile edges", () => {
  it("are the deciles, each once, of the finite values", () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(decileEdges([Number.NaN, ...hundred])).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(decileEdges([0, 0, 0, 0, 1])).toEqual([0, 1]);
    expect(decileEdges([Number.NaN])).toEqual([]);
    expect(decileEdges([])).toEqual([]);
  });

  it("put each value into one bin, an edge into the one that it closes", () => {
    expect(countBins([10, 20], [9, 10, 10.5, 20, 21, Number.NaN, Number.NEGATIVE_INFINITY])).toEqual({ counts: [3, 2, 1], missing: 1 });
    expect(countBins([], [1, Number.NaN])).toEqual({ counts: [1], missing: 1 });
  });
});

describe("the population stability index", () => {
  it("is never below 0, and 0 for equal samples, in whichever order", () => {
    fc.assert(
      fc.property(sample, sample, (reference, recent) => {
        const edges = decileEdges(reference);
        const [one, other] = [countBins(edges, reference), countBins(edges, recent)];
        const psi = populationStability(one, other)!;
        expect(psi).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(psi)).toBe(true);
        expect(populationStability(other, one)).toBeCloseTo(psi, 12);
        expect(populationStability(one, countBins(edges, reference.toReversed()))).toBe(0);
      }),
    );
  });

  it("is the textbook sum, with half an observation in each bin", () => {
    const [e1, e2, a1, a2] = [50.5 / 101, 50.5 / 101, 25.5 / 101, 75.5 / 101];
    const expected = (a1 - e1) * Math.log(a1 / e1) + (a2 - e2) * Math.log(a2 / e2);
    expect(populationStability({ counts: [50, 50], missing: 0 }, { counts: [25, 75], missing: 0 })).toBeCloseTo(expected, 14);
  });

  it("is that of shares: a bin of as many values counts where the others are more", () => {
    const [e, a1, a2] = [1.5 / 3, 1.5 / 5, 3.5 / 5];
    const expected = (a1 - e) * Math.log(a1 / e) + (a2 - e) * Math.log(a2 / e);
    expect(populationStability({ counts: [1, 1], missing: 0 }, { counts: [1, 3], missing: 0 })).toBeCloseTo(expected, 14);
  });

  it("without drift is (B - 1)(1/n + 1/m)", () => {
    expect(psiWithoutDrift(10, 100, 300)).toBeCloseTo(0.12, 14);
  });

  it("sees what goes missing, and nothing in a bin that nobody uses", () => {
    const full = { counts: [100, 100], missing: 0 };
    expect(populationStability(full, { counts: [50, 50], missing: 100 })).toBeGreaterThan(0.25);
    expect(populationStability({ counts: [100, 0], missing: 0 }, { counts: [10, 0], missing: 0 })).toBe(0);
    expect(missingShare({ counts: [1, 2], missing: 1 })).toBe(0.25);
    expect(missingShare({ counts: [], missing: 0 })).toBe(0);
  });

  it("is the divergence of scipy 1.16.2's stats.entropy, where half an observation is nothing", () => {
    const counts = (shares: readonly number[]) => ({ counts: shares.map((share) => share * 1e13), missing: 0 });
    const [reference, sample] = [counts([0.25, 0.25, 0.25, 0.25]), counts([0.3, 0.4, 0.2, 0.1])];
    expect(klDivergence(reference, sample)).toBeCloseTo(0.106_440_135_286_223_34, 10);
    expect(klDivergence(sample, reference)).not.toBeCloseTo(0.106_440_135_286_223_34, 3);
    expect(klDivergence(sample, sample)).toBe(0);
    // Both directions together are the index.
    expect(klDivergence(reference, sample)! + klDivergence(sample, reference)!).toBeCloseTo(populationStability(reference, sample)!, 10);
    expect(klDivergence({ counts: [], missing: 0 }, sample)).toBeNull();
    expect(klWithoutDrift(10, 100, 300)).toBeCloseTo(0.06, 14);
  });

  it("of a constant feature, and of fewer rows than bins, is a number", () => {
    const edges = decileEdges(Float64Array.from({ length: 50 }, () => 3));
    expect(edges).toEqual([3]);
    const [whole, few] = [countBins(edges, [3, 3, 3]), countBins(edges, [3])];
    expect([populationStability(whole, few), klDivergence(whole, few)]).toEqual([0, 0]);
    expect(klDivergence(countBins(edges, [3, 3, 3]), countBins(edges, [4]))).toBeGreaterThan(0);
  });

  it("is not defined for an empty side", () => {
    expect(populationStability({ counts: [0, 0], missing: 0 }, { counts: [1, 0], missing: 0 })).toBeNull();
    expect(populationStability({ counts: [1, 0], missing: 0 }, { counts: [0, 0], missing: 0 })).toBeNull();
  });

  it("is near its expectation without drift, for independent rows", () => {
    let state = 1;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const draw = (n: number) => Array.from({ length: n }, random);
    const reference = draw(20_000);
    const edges = decileEdges(reference);
    const runs = Array.from({ length: 200 }, () => populationStability(countBins(edges, reference), countBins(edges, draw(400)))!);
    const average = runs.reduce((sum, psi) => sum + psi, 0) / runs.length;
    const expected = psiWithoutDrift(10, 400, 20_000);
    expect(expected).toBeCloseTo(9 * (1 / 400 + 1 / 20_000), 15);
    expect(average).toBeGreaterThan(0.85 * expected);
    expect(average).toBeLessThan(1.15 * expected);
  });
});
