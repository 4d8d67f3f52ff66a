import { describe, expect, it } from "vitest";
import { meanMargin } from "../../../shared/models/meanMargin.ts";

describe("meanMargin", () => {
  it.each([
    { of: [] as number[][], is: [] as number[] },
    { of: [[0.3, 0.8]], is: [0.3, 0.8] },
    // Log-odds cancel, double and stay: 1/4 and 4; 4 and 4; 1, 1 and 8 make 2; 9 and 1 make 3.
    { of: [[0.2], [0.8]], is: [0.5] },
    { of: [[0.8], [0.8]], is: [0.8] },
    { of: [[0.5], [0.5], [8 / 9]], is: [2 / 3] },
    {
      of: [
        [0.9, 0.1],
        [0.5, 0.5],
      ],
      is: [0.75, 0.25],
    },
  ])("of $of is $is, by log-odds", ({ of, is }) => {
    const mean = meanMargin(of);
    expect(mean).toHaveLength(is.length);
    for (const [row, value] of is.entries()) expect(mean[row]).toBeCloseTo(value, 12);
  });
});
