import { describe, expect, it } from "vitest";
import { breakEvenPoint } from "../../../shared/backtest/breakEvenPoint.ts";

describe("what must be right to pay the spread", () => {
  it.each([
    [20, 0.66, 0.66],
    [20, 1, 1],
    [20, 1.001, "never"],
    [19, 0.66, "too_few"],
    [19, 1.2, "too_few"],
    [0, null, "too_few"],
  ] as const)("of %i trades with a break-even of %s is %s", (trades, break_even_accuracy, said) => {
    expect(breakEvenPoint({ trades, break_even_accuracy })).toBe(said);
  });
});
