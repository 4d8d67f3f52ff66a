import { describe, expect, it } from "vitest";
import { figureAt } from "../../../../shared/news/text/figureValue.ts";
import { tokenize } from "../../../../shared/news/text/tokenize.ts";

describe("figureAt", () => {
  it.for([
    ["13.1 mn", 13_100_000],
    ["$1.2bn", 1_200_000_000],
    ["4,200", 4_200],
    ["8.9 %", 8.9],
    ["-3.1", -3.1],
    ["5 million", 5_000_000],
    ["5 millions", 5],
    ["2k", 2_000],
    ["2 trillion", 2e12],
    ["5bn million", 5e9],
    ["5bps million", 5],
    ["1,234.5 thousand", 1_234_500],
    ["+3", 3],
    ["\u22123", -3],
  ] as const)("%s", ([text, value]) => {
    expect(figureAt(tokenize(text), 0)?.value).toBeCloseTo(value, 6);
  });

  it("is none where the text has no figure, or ends before", () => {
    expect(figureAt(tokenize("growth of 3"), 0)).toBeNull();
    expect(figureAt(tokenize("growth"), 1)).toBeNull();
  });

  it.for([
    ["13.1 mn barrels", 2, false],
    ["13.1mn barrels", 1, false],
    ["8.9 percent", 1, true],
    ["8.9 per cent", 1, true],
    ["8.9 pct", 1, true],
    ["8.9%", 1, true],
    ["8.9", 1, false],
  ] as const)("%s: ends at %d, percent: %s", ([text, end, is_percent]) => {
    expect(figureAt(tokenize(text), 0)).toMatchObject({ end, is_percent });
  });

  it("reads the sign from up to two words before, and from no farther", () => {
    const last = (text: string) => figureAt(tokenize(text), tokenize(text).length - 1)?.value;
    expect(["minus 2", "negative eur 2", "minus a total of 2", "positive 2", "a 2"].map(last)).toEqual([-2, -2, 2, 2, 2]);
  });

  it("ends behind a unit that stands by itself, and at the figure where the unit is its own", () => {
    const end = (text: string, at: number) => figureAt(tokenize(text), at)?.end;
    expect([end("sales of 13.1 mn", 2), end("sales of 13.1mn mn", 2), end("sales of 13.1", 2)]).toEqual([4, 3, 3]);
  });

  it("reads what is called negative", () => {
    expect(figureAt(tokenize("a negative EUR 15.3 mn"), 3)?.value).toBeCloseTo(-15_300_000, 6);
  });
});
