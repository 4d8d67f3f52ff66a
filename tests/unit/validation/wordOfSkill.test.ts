import { describe, expect, it } from "vitest";
import { wordOfSkill } from "../../../shared/validation/wordOfSkill.ts";

const difference = (high: number) => ({ estimate: high - 1, low: high - 2, high, standard_error: 0.5, statistic: -2 });
const net = (low: number) => ({ estimate: low + 1, low, high: low + 2 });

describe("wordOfSkill", () => {
  it.each([
    ["every baseline is beaten and the costs are earned", { a: difference(-1), b: difference(-0.1) }, net(0.1), "net_of_costs", []],
    [
      "every baseline is beaten, and the costs are not shown to be earned",
      { a: difference(-1), b: difference(-0.1) },
      net(0),
      "statistical",
      [],
    ],
    ["there are no prices", { a: difference(-1) }, null, "statistical", []],
    ["one is not beaten, whatever was earned", { a: difference(-1), b: difference(0) }, net(5), "none", ["b"]],
    ["one cannot be compared", { a: difference(-1), b: null }, net(5), "none", ["b"]],
    ["there is nothing to beat", {}, net(5), "none", []],
  ] as const)("where %s", (_when, log_loss_minus, net_bp, skill, not_beaten) => {
    expect(wordOfSkill<string>({ log_loss_minus, net_bp })).toMatchObject({ skill, not_beaten });
  });

  it("of baselines that are as hard names the first", () => {
    expect(wordOfSkill({ log_loss_minus: { a: difference(-1), b: difference(-1) }, net_bp: null }).hardest?.name).toBe("a");
  });

  it("names the baseline against which the interval reaches highest, and none where one is not known", () => {
    const log_loss_minus = { a: difference(-3), b: difference(-1), c: difference(-2) };
    expect(wordOfSkill({ log_loss_minus, net_bp: null }).hardest?.name).toBe("b");
    expect(wordOfSkill({ log_loss_minus: { ...log_loss_minus, d: null }, net_bp: null }).hardest).toBeNull();
  });
});
