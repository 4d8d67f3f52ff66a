import { describe, expect, it } from "vitest";
import { chart, legend, rangeOf, roundTicks } from "../../../shared/pictures/chart.ts";
import { COLORS, svgDot } from "../../../shared/pictures/svg.ts";
import { AREA, dotsOf, HIGH, linesOf, textsOf, WIDE } from "./svgShapes.ts";

describe("a chart", () => {
  const svg = chart(
    {
      title: "title",
      note: "note",
      x: { from: 0, to: 10, name: "across", tick: (value) => `x${value}`, ticks: [0, 5, 10] },
      y: { from: -1, to: 1, name: "up", tick: (value) => `y${value}`, ticks: [0, 1] },
    },
    (at) => [svgDot(at(0, -1), 3, "a"), svgDot(at(10, 1), 3, "a"), svgDot(at(2.5, 0.5), 3, "a")],
  );

  it("places values between its axes, large ones to the right and above", () => {
    expect(svg).toContain('width="640" height="420"');
    expect(dotsOf(svg, "a")).toEqual([
      [AREA.left, AREA.bottom],
      [AREA.right, AREA.top],
      [AREA.left + WIDE / 4, AREA.bottom - 0.75 * HIGH],
    ]);
  });

  it("has a line at each tick, across all of it, and the tick's text beside", () => {
    expect(linesOf(svg, COLORS.grid, 1)).toEqual([
      ...[76, 348, 620].map((x) => [x, AREA.bottom, x, AREA.top]),
      ...[214, 64].map((y) => [AREA.left, y, AREA.right, y]),
    ]);
    expect(textsOf(svg)).toEqual([
      "76 26 start title",
      "76 46 start note",
      "76 382 middle x0",
      "348 382 middle x5",
      "620 382 middle x10",
      "68 218 end y0",
      "68 68 end y1",
      "348 406 middle across",
      '18 214 middle transform="rotate(-90 18 214)" up',
    ]);
  });

  it("without ticks has them at round numbers", () => {
    const frame = { title: "t", note: "n", y: { from: 0, to: 1, name: "y", tick: String, ticks: [] } };
    const round = chart({ ...frame, x: { from: 0, to: 6, name: "x", tick: (value) => `x${value}` } }, () => []);
    expect(textsOf(round).filter((text) => /x\d/.test(text))).toHaveLength(7);
  });

  it("names its lines at the top right, one below the other", () => {
    const drawn = legend([
      { name: "one", color: "a" },
      { name: "two", color: "b" },
    ]).join("");
    expect(textsOf(drawn)).toEqual(["594 24 end one", "594 40 end two"]);
    expect([...linesOf(drawn, "a", 2), ...linesOf(drawn, "b", 2)]).toEqual([
      [600, 20, 620, 20],
      [600, 36, 620, 36],
    ]);
  });
});

describe("rangeOf", () => {
  it.each([
    ["values, with a twentieth more each way", [3, 0, 10], undefined, { from: -0.5, to: 10.5 }],
    ["values, without a margin", [3, 0, 10], 0, { from: 0, to: 10 }],
    ["one value, a unit each way", [3, 3], undefined, { from: 2, to: 4 }],
    ["nothing", [], undefined, { from: 0, to: 1 }],
  ])("of %s", (_case, values, margin, range) => {
    expect(rangeOf(values, margin)).toEqual(range);
  });
});

describe("roundTicks", () => {
  it.each([
    [0, 6, [0, 1, 2, 3, 4, 5, 6]],
    [0, 6.1, [0, 2, 4, 6]],
    [0, 36, [0, 10, 20, 30]],
    [-0.5, 35, [0, 10, 20, 30]],
    [100, 400, [100, 150, 200, 250, 300, 350, 400]],
  ])("from %d to %d lie inside, 1, 2, 5 or 10 apart", (from, to, expected) => {
    expect(roundTicks({ from, to }).map((tick) => tick + 0)).toEqual(expected);
  });
});
