import { describe, expect, it } from "vitest";
import { mid, momentum_20, ret_1, ret_5, ret_10 } from "../../../shared/features/returns.ts";
import { lastValue, ramp } from "./support.ts";

describe("returns", () => {
  it("mid is the last close", () => {
    expect(lastValue(mid, [1.3, 1.4])).toBe(1.4);
  });

  it.each([
    [ret_1, Math.log(30 / 29)],
    [ret_5, Math.log(30 / 25)],
    [ret_10, Math.log(30 / 20)],
    [momentum_20, Math.log(30 / 10)],
  ])("$name is the log return over its own number of bars", (feature, expected) => {
    expect(lastValue(feature, ramp(30))).toBeCloseTo(expected, 15);
  });

  it("says over how many bars it is", () => {
    expect(ret_1.description).toContain("over 1 trading bar:");
    expect(ret_5.description).toContain("over 5 trading bars:");
  });

  it("is positive when the price rises", () => {
    expect(lastValue(ret_1, [100, 101])).toBeCloseTo(0.00995033085, 11);
  });

  it("counts bars and not hours across a gap", () => {
    expect(lastValue(ret_1, [{ c: 100 }, { c: 110, hour: 49 }])).toBeCloseTo(Math.log(1.1), 15);
  });

  it("is null one bar short of its warm-up", () => {
    expect(lastValue(ret_5, ramp(5))).toBeNull();
    expect(lastValue(ret_5, ramp(6))).not.toBeNull();
  });
});
