import { describe, expect, it } from "vitest";
import { macd_hist } from "../../../shared/features/macd.ts";
import { lastValue, ramp, repeat } from "./support.ts";

describe("macd_hist", () => {
  it("is 0 on a straight line, where both averages lag by a constant", () => {
    expect(lastValue(macd_hist, ramp(260, 1_000))).toBeCloseTo(0, 9);
  });

  it("takes (a12 - a26)(1 - a9) of a jump in the last bar, over mid", () => {
    const expected = (4 * (2 / 13 - 2 / 27) * (1 - 0.2)) / 104;
    expect(lastValue(macd_hist, [...repeat(259, 100), 104])).toBeCloseTo(expected, 9);
  });

  it("is null with 259 bars", () => {
    expect(lastValue(macd_hist, ramp(259))).toBeNull();
  });
});
