import { describe, expect, it } from "vitest";
import { confusionCounts } from "../../../shared/metrics/confusionCounts.ts";

describe("counts of what was said and what came", () => {
  it("add up to all rows; one half says a rise", () => {
    expect(confusionCounts([1, 1, 0, 0, 0, 1], [0.6, 0.4, 0.4, 0.7, 0.1, 0.5])).toEqual({
      said_rise_came_rise: 2,
      said_rise_came_no_rise: 1,
      said_no_rise_came_rise: 1,
      said_no_rise_came_no_rise: 2,
    });
  });

  it("of no rows are zero", () => {
    expect(Object.values(confusionCounts([], []))).toEqual([0, 0, 0, 0]);
  });
});
