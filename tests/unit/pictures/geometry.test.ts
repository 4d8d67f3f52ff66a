import { describe, expect, it } from "vitest";
import { DAY } from "../../../shared/domain/instant.ts";
import { chart, legend, rangeOf, roundTicks } from "../../../shared/pictures/chart.ts";
import { confusionMatrix } from "../../../shared/pictures/confusionMatrix.ts";
import { importanceBars } from "../../../shared/pictures/importanceBars.ts";
import { pnlCurve } from "../../../shared/pictures/pnlCurve.ts";
import { reliabilityCurve } from "../../../shared/pictures/reliabilityCurve.ts";
import { COLORS, svgBox, svgDot, svgLine, svgText } from "../../../shared/pictures/svg.ts";

/** Of a chart of 640 x 420 pixels the curves have x from 76 to 620, and y from 64 at the top to 364. */
const AREA = { left: 76, right: 620, top: 64, bottom: 364 };
const WIDE = AREA.right - AREA.left;
const HIGH = AREA.bottom - AREA.top;

const numbers = (text: string) => text.split(/[ ,]/).map(Number);
/** Points of the lines of a color, [x, y, x, y, ...] each. */
const linesOf = (svg: string, color: string, width: number) =>
  [...svg.matchAll(/<polyline points="([^"]*)" fill="none" stroke="([^"]*)" stroke-width="([^"]*)"/g)]
    .filter(([, , stroke, thick]) => stroke === color && Number(thick) === width)
    .map(([, points]) => numbers(points!));
const dotsOf = (svg: string, color: string) =>
  [...svg.matchAll(/<circle cx="([^"]*)" cy="([^"]*)" r="3" fill="([^"]*)"/g)]
    .filter(([, , , fill]) => fill === color)
    .map(([, x, y]) => [Number(x), Number(y)]);
/** Each text with its place and anchor, as `x y anchor text`. */
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text x="([^"]*)" y="([^"]*)"( transform="[^"]*")?[^>]*text-anchor="(\w+)"[^>]*>([^<]*)</g)].map(
    ([, x, y, turned = "", anchor, text]) => `${x} ${y} ${anchor}${turned} ${text}`,
  );
const boxesOf = (svg: string) =>
  [...svg.matchAll(/<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)" fill="([^"]*)"/g)].map((found) =>
    found.slice(1).join(" "),
  );

describe("parts of a picture", () => {
  it("have places in tenths of a pixel, and what is asked of their style", () => {
    expect(svgText({ x: 1.26, y: -0.04 }, "a")).toBe(
      `<text x="1.3" y="0" font-size="12" text-anchor="start" fill="${COLORS.ink}">a</text>`,
    );
    expect(svgText({ x: 1, y: 2 }, "a", { anchor: "end", size: 9, color: "#123", turned: -90 })).toBe(
      '<text x="1" y="2" transform="rotate(-90 1 2)" font-size="9" text-anchor="end" fill="#123">a</text>',
    );
    const ends = [
      { x: 0, y: 1 },
      { x: 2, y: 3.33 },
    ];
    expect(svgLine(ends, "#123")).toBe('<polyline points="0,1 2,3.3" fill="none" stroke="#123" stroke-width="1"/>');
    expect(svgLine(ends, "#123", 2, "5 4")).toBe(
      '<polyline points="0,1 2,3.3" fill="none" stroke="#123" stroke-width="2" stroke-dasharray="5 4"/>',
    );
    expect(svgBox({ x: 1, y: 2 }, 3.04, 4, "#123")).toBe('<rect x="1" y="2" width="3" height="4" fill="#123"/>');
    expect(svgDot({ x: 1, y: 2 }, 3, "#123")).toBe('<circle cx="1" cy="2" r="3" fill="#123"/>');
  });
});

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
