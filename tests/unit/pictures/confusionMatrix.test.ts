import { describe, expect, it } from "vitest";
import { confusionMatrix } from "../../../shared/pictures/confusionMatrix.ts";
import { COLORS } from "../../../shared/pictures/svg.ts";
import { boxesOf, textsOf } from "./svgShapes.ts";

describe("the confusion matrix", () => {
  const svg = confusionMatrix("m", [1, 1, 0, 0, 0], [0.6, 0.4, 0.4, 0.7, 0.1]);

  it("has four fields of 148 pixels, those where the model was right in another color", () => {
    expect(svg).toContain('width="470" height="450"');
    expect(boxesOf(svg)).toEqual([
      `130 110 148 148 ${COLORS.fill}`,
      `280 110 148 148 ${COLORS.grid}`,
      `130 260 148 148 ${COLORS.grid}`,
      `280 260 148 148 ${COLORS.fill}`,
    ]);
  });

  it("names rows and columns, and says in each field's middle how many rows of all these are", () => {
    expect(textsOf(svg)).toEqual([
      "20 26 start m: said and come",
      "20 46 start 5 out-of-fold rows, 60.0 % right",
      "280 76 middle said",
      '28 260 middle transform="rotate(-90 28 260)" came',
      "205 98 middle no rise",
      "355 98 middle rise",
      "118 185 end no rise",
      "118 335 end rise",
      "205 185 middle 2",
      "205 205 middle 40.0 %",
      "355 185 middle 1",
      "355 205 middle 20.0 %",
      "205 335 middle 1",
      "205 355 middle 20.0 %",
      "355 335 middle 1",
      "355 355 middle 20.0 %",
    ]);
  });

  it("of no rows has no shares", () => {
    expect(textsOf(confusionMatrix("m", [], []))[1]).toBe("20 46 start 0 out-of-fold rows, none right");
  });
});
