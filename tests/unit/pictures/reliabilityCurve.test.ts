import { describe, expect, it } from "vitest";
import { reliabilityCurve } from "../../../shared/pictures/reliabilityCurve.ts";
import { COLORS } from "../../../shared/pictures/svg.ts";
import { AREA, dotsOf, HIGH, linesOf, textsOf, WIDE } from "./svgShapes.ts";

describe("the reliability curve", () => {
  const rows = Array.from({ length: 25 }, (_, row) => row);

  it("has ten bins of as many rows each, by what was said, at its mean and the share that rose, on axes within 0 and 1", () => {
    const raw = rows.map((row) => 0.02 + 0.04 * row);
    const y = rows.map((row) => (row % 2 === 0 || row > 20 ? 1 : 0));
    // Told in another order than that of what was said.
    const svg = reliabilityCurve({ name: "m", y: y.toReversed(), raw: raw.toReversed(), calibrated: null });
    const bounds = [0, 2, 5, 7, 10, 12, 15, 17, 20, 22, 25];
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const expected = bounds.slice(1).map((end, bin) => {
      const [said, came] = [raw, y].map((values) => mean(values.slice(bounds[bin], end)));
      return [AREA.left + WIDE * said!, AREA.bottom - HIGH * came!];
    });
    const dots = dotsOf(svg, COLORS.second);
    expect(dots).toHaveLength(10);
    for (const [bin, [x, top]] of dots.entries()) {
      expect(Math.abs(x! - expected[bin]![0]!), `bin ${bin}`).toBeLessThan(0.1);
      expect(Math.abs(top! - expected[bin]![1]!), `bin ${bin}`).toBeLessThan(0.1);
    }
    expect(linesOf(svg, COLORS.second, 2)[0]).toEqual(dots.flat());
    expect(linesOf(svg, COLORS.faint, 1)).toEqual([[76, 364, 620, 64]]);
  });

  it("of equal probabilities keeps the order of rows, and its bars are Wilson's intervals", () => {
    const y = Array.from({ length: 20 }, (_, row) => (row < 10 ? 0 : 1));
    const svg = reliabilityCurve({ name: "m", y, raw: y.map(() => 0.5), calibrated: null });
    const dots = dotsOf(svg, COLORS.second);
    // Of none or all of two rows the share is known to z^2 / (2 + z^2) with z = 1.96: what may have come lies from 0 to 1.
    expect(dots).toEqual([...Array(5).fill([348, 364]), ...Array(5).fill([348, 64])]);
    const far = 1.959964 ** 2 / (2 + 1.959964 ** 2);
    const [first, , , , , last] = linesOf(svg, COLORS.second, 1);
    expect(first![1]).toBe(AREA.bottom);
    expect(Math.abs(first![3]! - (AREA.bottom - HIGH * far))).toBeLessThan(0.1);
    expect(Math.abs(last![1]! - (AREA.top + HIGH * far))).toBeLessThan(0.1);
    expect(last![3]).toBe(AREA.top);
  });

  it("shows at least what is near one half", () => {
    const y = Array.from({ length: 40_000 }, (_, row) => (row >> 1) % 2);
    const svg = reliabilityCurve({ name: "m", y, raw: y.map(() => 0.5), calibrated: null });
    const across = textsOf(svg).filter((text) => / 382 middle /.test(text));
    expect(across.map((text) => text.split(" ").at(-1))).toEqual(["0.46", "0.48", "0.50", "0.52", "0.54"]);
  });

  it("names what is served: the trees' own answers, or the calibrated ones beside them", () => {
    const y = rows.map((row) => row % 2);
    const raw = rows.map((row) => 0.3 + 0.016 * row);
    const names = (svg: string) => textsOf(svg).filter((text) => text.startsWith("594 "));
    const plain = reliabilityCurve({ name: "m", y, raw, calibrated: null });
    expect(names(plain)).toEqual(["594 24 end as served"]);
    expect(dotsOf(plain, COLORS.first)).toEqual([]);
    const both = reliabilityCurve({ name: "m", y, raw, calibrated: raw.map((p) => (p + 0.5) / 2) });
    expect(names(both)).toEqual(["594 24 end before calibration", "594 40 end after, as served"]);
    expect(dotsOf(both, COLORS.first)).toHaveLength(10);
    expect(both).toContain("25 out-of-fold rows in 10 bins");
  });

  it("has no bin of no rows", () => {
    const svg = reliabilityCurve({ name: "m", y: [0, 1, 1], raw: [0.4, 0.5, 0.6], calibrated: null });
    expect(dotsOf(svg, COLORS.second)).toHaveLength(3);
  });
});
