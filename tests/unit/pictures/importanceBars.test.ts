import { describe, expect, it } from "vitest";
import { importanceBars } from "../../../shared/pictures/importanceBars.ts";
import { COLORS } from "../../../shared/pictures/svg.ts";
import { boxesOf, textsOf } from "./svgShapes.ts";

describe("the bars of importance", () => {
  it("are as long as their share of the largest, the largest first, equal ones by name, without what nothing splits on", () => {
    const svg = importanceBars("m", { small: 0.1, b: 0.2, unused: 0, a: 0.2, large: 0.5 });
    expect(svg).toContain('width="680" height="164"');
    expect(boxesOf(svg)).toEqual([
      `230 66 360 14 ${COLORS.first}`,
      `230 86 144 14 ${COLORS.first}`,
      `230 106 144 14 ${COLORS.first}`,
      `230 126 72 14 ${COLORS.first}`,
    ]);
    expect(textsOf(svg)).toEqual([
      "16 26 start m: feature importance",
      "16 46 start share of the total gain; 4 of the 4 features that are split on, of 5",
      "222 77 end large",
      "596 77 start 50.0 %",
      "222 97 end a",
      "380 97 start 20.0 %",
      "222 117 end b",
      "380 117 start 20.0 %",
      "222 137 end small",
      "308 137 start 10.0 %",
    ]);
  });

  it("are twenty at most", () => {
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`f${index}`, 1 + index]));
    const svg = importanceBars("m", many);
    expect(boxesOf(svg)).toHaveLength(20);
    expect(svg).toContain("20 of the 25 features that are split on, of 25");
  });

  it("say so where there are none, in room for one", () => {
    const svg = importanceBars("m", { a: 0 });
    expect(svg).toContain('width="680" height="104"');
    expect(textsOf(svg)[1]).toContain("no tree splits on anything");
  });
});
