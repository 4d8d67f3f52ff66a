import { confusionCounts } from "../metrics/confusionCounts.ts";
import { COLORS, svgBox, svgDocument, svgText } from "./svg.ts";

const CELL = 150;
const LEFT = 130;
const TOP = 110;
const WIDTH = LEFT + 2 * CELL + 40;
const HEIGHT = TOP + 2 * CELL + 40;
const NAMES = ["no rise", "rise"] as const;

/** How often each direction was said, and how often it came: out-of-fold rows, a rise said from a probability of 1/2 on. */
export function confusionMatrix(name: string, y: ArrayLike<number>, p: ArrayLike<number>): string {
  const came = confusionCounts(y, p);
  const counts = [
    [came.said_no_rise_came_no_rise, came.said_rise_came_no_rise],
    [came.said_no_rise_came_rise, came.said_rise_came_rise],
  ] as const;
  const right = counts[0][0] + counts[1][1];
  const title = `${name}: said and come`;
  const note = `${y.length} out-of-fold rows, ${share(right, y.length)} right`;
  return svgDocument(WIDTH, HEIGHT, title, [
    svgText({ x: 20, y: 26 }, title, { size: 15 }),
    svgText({ x: 20, y: 46 }, note, { size: 11, color: COLORS.faint }),
    svgText({ x: LEFT + CELL, y: TOP - 34 }, "said", { anchor: "middle" }),
    svgText({ x: 28, y: TOP + CELL }, "came", { anchor: "middle", turned: -90 }),
    ...NAMES.map((text, index) => svgText({ x: LEFT + (index + 0.5) * CELL, y: TOP - 12 }, text, { anchor: "middle" })),
    ...NAMES.map((text, index) => svgText({ x: LEFT - 12, y: TOP + (index + 0.5) * CELL }, text, { anchor: "end" })),
    ...counts.flatMap((said, came) => said.flatMap((count, column) => cell(came, column, count, y.length))),
  ]);
}

function cell(row: number, column: number, count: number, total: number): readonly string[] {
  const corner = { x: LEFT + column * CELL, y: TOP + row * CELL };
  const middle = { x: corner.x + CELL / 2, y: corner.y + CELL / 2 };
  return [
    svgBox(corner, CELL - 2, CELL - 2, row === column ? COLORS.fill : COLORS.grid),
    svgText(middle, String(count), { anchor: "middle", size: 18 }),
    svgText({ x: middle.x, y: middle.y + 20 }, share(count, total), { anchor: "middle", size: 11 }),
  ];
}

function share(count: number, total: number): string {
  return total === 0 ? "none" : `${((100 * count) / total).toFixed(1)} %`;
}
