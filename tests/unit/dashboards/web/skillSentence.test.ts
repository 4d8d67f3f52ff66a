import { describe, expect, it } from "vitest";
import { skillSentence } from "../../../../dashboards/web/src/ui/skillSentence.ts";

describe("what a model says of itself", () => {
  it("has every estimate with its interval, and the baseline beside it", () => {
    const claim = {
      skill: "none",
      accuracy: { estimate: 0.547, low: 0.5325, high: 0.5614 },
      baseline: { name: "momentum", accuracy: 0.5595 },
      net_bp: { estimate: -0.82, low: -1, high: -0.64 },
    } as const;
    expect(skillSentence(claim)).toBe(
      "No skill shown: right 54.7 % of the time on hours that it had not seen (53.3 to 56.1). The direction of the last hour: 56.0 %. A trade by it: −0.82 bp after the spread (−1.00 to −0.64).",
    );
    expect(
      skillSentence({ ...claim, skill: "net_of_costs", accuracy: null, baseline: { name: "seasonal", accuracy: 0.5 }, net_bp: null }),
    ).toBe("Better than chance, and after the spread too: how often it is right is not known. Seasonal: 50.0 %.");
  });
});
