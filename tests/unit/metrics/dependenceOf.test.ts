import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { dependenceOf, rowsAMoment } from "../../../shared/metrics/dependenceOf.ts";
import { evaluateDirection } from "../../../shared/metrics/evaluateDirection.ts";

const hours = (count: number, of_each: number) => Array.from({ length: count * of_each }, (_, row) => Math.floor(row / of_each));

describe("dependenceOf", () => {
  it.each([
    [1, 1, 24, 1],
    [1, 5, 24, 5],
    [1, 24, 69, 24],
    [4, 1, 24, 4],
  ])("of %i rows an hour and labels of %i bars", (of_each, horizon_bars, lag, overlap) => {
    const times = hours(600, of_each);
    const found = dependenceOf(times, horizon_bars);
    expect(found).toEqual({ lag, horizon_bars: overlap, ...(of_each === 1 ? {} : { clusters: times }) });
  });

  it("counts a lag in moments, of which few rows of many pairs have few", () => {
    expect(dependenceOf(hours(100, 7), 1).lag).toBe(5);
  });

  it("takes nothing for a row a moment, and an hour without one pair for what it is", () => {
    expect(rowsAMoment([])).toBe(1);
    expect(rowsAMoment([1, 1, 2, 3])).toBe(4 / 3);
  });

  it("makes the same rows said by four pairs no surer than by one, in every interval", () => {
    const random = createRandom(3);
    const one = {
      y: Array.from({ length: 900 }, () => (random() < 0.5 ? 1 : 0)),
      p: Array.from({ length: 900 }, () => 0.3 + 0.4 * random()),
    };
    const times = hours(900, 4);
    const repeat = (values: readonly number[]) => times.map((hour) => values[hour]!);
    const alone = evaluateDirection({ ...one, ...dependenceOf(hours(900, 1), 1) });
    const pooled = evaluateDirection({ y: repeat(one.y), p: repeat(one.p), ...dependenceOf(times, 1) });
    for (const metric of ["log_loss", "brier", "accuracy"] as const) {
      for (const end of ["estimate", "low", "high"] as const) expect(pooled[metric]![end]).toBeCloseTo(alone[metric]![end], 9);
    }
    expect(pooled.auc!.high - pooled.auc!.low).toBeCloseTo(alone.auc!.high - alone.auc!.low, 3);
  });
});
