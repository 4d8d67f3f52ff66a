import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { bootstrapInterval } from "../../../shared/metrics/bootstrapInterval.ts";

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Twelve uniform numbers less six: mean 0, standard deviation 1. */
function gaussians(count: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6));
}

describe("bootstrapInterval", () => {
  it("has both ends at the 2.5 % quantiles of the statistic: for a mean of 1,000, 1.96 standard errors to each side", () => {
    const values = gaussians(1_000, 7);
    const { estimate, low, high } = bootstrapInterval(values, mean);
    const sd = Math.sqrt(mean(values.map((value) => (value - estimate) ** 2)));
    const half = (1.96 * sd) / Math.sqrt(values.length);
    expect(estimate).toBe(mean(values));
    expect(low).toBeGreaterThan(estimate - 1.25 * half);
    expect(low).toBeLessThan(estimate - 0.75 * half);
    expect(high).toBeGreaterThan(estimate + 0.75 * half);
    expect(high).toBeLessThan(estimate + 1.25 * half);
  });

  it("leaves out the twelve smallest and the twelve largest of its 500 resamples: the outermost 2.5 % at each end", () => {
    let calls = 0;
    // The estimate is asked for first; the resamples then say 1 to 500.
    const counted = () => (calls++ === 0 ? 250 : calls - 1);
    expect(bootstrapInterval(gaussians(20, 1), counted)).toEqual({ estimate: 250, low: 13, high: 488 });
  });

  it("draws whole blocks, the shortest of which is rounded up: two values are one block, and their mean has no spread", () => {
    expect(bootstrapInterval(Float64Array.of(1, 4), mean)).toEqual({ estimate: 2.5, low: 2.5, high: 2.5 });
  });

  it("holds the true mean in 95 of 100 samples, give or take what chance does", () => {
    const hits = Array.from({ length: 200 }, (_, seed) => bootstrapInterval(gaussians(125, seed + 1), mean)).filter(
      ({ low, high }) => low <= 0 && high >= 0,
    );
    // 0.95 less what blocks of five in 125 cost; four standard errors of 200 draws.
    expect(hits.length / 200).toBeGreaterThan(0.87);
    expect(hits.length / 200).toBeLessThan(0.995);
  });

  it("is wider where neighbours are alike, by the same blocks each time", () => {
    const single = gaussians(250, 3);
    const doubled = Float64Array.from({ length: 500 }, (_, i) => single[Math.floor(i / 2)]!);
    const width = (values: Float64Array) => bootstrapInterval(values, mean).high - bootstrapInterval(values, mean).low;
    const shuffled = Float64Array.from(doubled, (_value, i) => doubled[(i * 251) % 500]!);
    expect(width(doubled)).toBeGreaterThan(1.15 * width(shuffled));
    expect(bootstrapInterval(doubled, mean)).toEqual(bootstrapInterval(doubled, mean));
  });

  it("draws blocks of twice the bars that labels overlap over, and as many as there are values at most", () => {
    const steps = gaussians(523, 4);
    const overlapping = Float64Array.from({ length: 500 }, (_, i) => mean(steps.slice(i, i + 24)));
    const width = (horizon: number) => {
      const { low, high } = bootstrapInterval(overlapping, mean, horizon);
      return high - low;
    };
    expect(width(24)).toBeGreaterThan(1.3 * width(1));
    expect(bootstrapInterval(Float64Array.of(1, 4), mean, 24)).toEqual({ estimate: 2.5, low: 2.5, high: 2.5 });
  });

  it("of equal values is that value, and reaches to an estimate outside the resamples", () => {
    expect(bootstrapInterval(new Float64Array(50).fill(3), mean)).toEqual({ estimate: 3, low: 3, high: 3 });
    const last = (values: Float64Array) => (values[0] === 0 && values[99] === 99 ? -5 : mean(values));
    expect(
      bootstrapInterval(
        Float64Array.from({ length: 100 }, (_, i) => i),
        last,
      ),
    ).toMatchObject({ estimate: -5, low: -5 });
  });
});
