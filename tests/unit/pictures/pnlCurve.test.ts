import { describe, expect, it } from "vitest";
import { DAY } from "../../../shared/domain/instant.ts";
import { pnlCurve } from "../../../shared/pictures/pnlCurve.ts";
import { COLORS } from "../../../shared/pictures/svg.ts";
import { AREA, HIGH, linesOf, textsOf } from "./svgShapes.ts";

describe("the curve of results", () => {
  const curve = (gross: readonly number[], net: readonly number[]) =>
    pnlCurve({ name: "m", event_time: gross.map((_, row) => Date.UTC(2025, 0, 1) + row * 10 * DAY), gross, net, rule: "every row" });

  it("adds up what each row gave, in basis points, in a range that holds 0", () => {
    const svg = curve([0.0001, -0.0003, 0.0002], [0, -0.0004, 0.0001]);
    // From -4 to 1, and a twentieth more each way.
    const y = (value: number) => Math.round(10 * (AREA.bottom - ((value + 4.25) / 5.5) * HIGH)) / 10;
    expect(linesOf(svg, COLORS.second, 1.5)).toEqual([[76, y(1), 348, y(-2), 620, y(0)]]);
    expect(linesOf(svg, COLORS.first, 2)[0]).toEqual([76, y(0), 348, y(-4), 620, y(-3)]);
    expect(linesOf(svg, COLORS.faint, 1)).toEqual([[76, y(0), 620, y(0)]]);
    const texts = textsOf(svg);
    expect(texts).toContain("594 24 end before costs");
    expect(texts).toContain("594 40 end after the spread");
    expect(texts.filter((text) => text.includes("-01-")).map((text) => text.split(" ").at(-1))).toEqual([
      "2025-01-03",
      "2025-01-08",
      "2025-01-13",
      "2025-01-19",
    ]);
  });

  it("has ticks in hundredths of a basis point", () => {
    const svg = curve([0.000001, 0.000001], [0.000001, 0.000001]);
    expect(
      textsOf(svg)
        .filter((text) => text.startsWith("68 "))
        .map((text) => text.split(" ").at(-1)),
    ).toEqual(["0", "0.01", "0.01", "0.02", "0.02"]);
  });

  it.each([
    [600, 600],
    [601, 301],
    [602, 302],
    [1_500, 501],
  ])("of %i rows has %i points, with the last", (rows, points) => {
    const zeros = Array<number>(rows).fill(0);
    const [line] = linesOf(curve(zeros, zeros), COLORS.second, 1.5);
    expect(line).toHaveLength(2 * points);
    expect(line!.at(-2)).toBe(AREA.right);
  });
});
