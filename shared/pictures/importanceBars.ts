import { counted } from "../domain/counted.ts";
import { COLORS, svgBox, svgDocument, svgText } from "./svg.ts";

const MOST = 20;
const ROW = 20;
const TOP = 64;
const NAME = 230;
const BAR = 360;
const WIDTH = NAME + BAR + 90;

/** Shares of the total gain by feature, the largest first, at most twenty. */
export function importanceBars(name: string, importance: Readonly<Record<string, number>>): string {
  const used = Object.entries(importance).filter(([, share]) => share > 0);
  const sorted = used.sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  const shown = sorted.slice(0, MOST);
  const largest = shown[0]?.[1] ?? 1;
  const note =
    shown.length === 0
      ? "no tree splits on anything: it says the same of every row"
      : `share of the total gain; ${shown.length} of the ${counted(used.length, "feature")} that are split on, of ${Object.keys(importance).length}`;
  const title = `${name}: feature importance`;
  return svgDocument(WIDTH, TOP + ROW * Math.max(1, shown.length) + 20, title, [
    svgText({ x: 16, y: 26 }, title, { size: 15 }),
    svgText({ x: 16, y: 46 }, note, { size: 11, color: COLORS.faint }),
    ...shown.flatMap(([feature, share], index) => {
      const y = TOP + ROW * index;
      const width = (share / largest) * BAR;
      return [
        svgText({ x: NAME - 8, y: y + 13 }, feature, { anchor: "end" }),
        svgBox({ x: NAME, y: y + 2 }, width, ROW - 6, COLORS.first),
        svgText({ x: NAME + width + 6, y: y + 13 }, `${(100 * share).toFixed(1)} %`, { size: 11 }),
      ];
    }),
  ]);
}
