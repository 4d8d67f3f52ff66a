import { COLORS, type Point, svgDocument, svgLine, svgText } from "./svg.ts";

const WIDTH = 640;
const HEIGHT = 420;
const LEFT = 76;
const RIGHT = 20;
const TOP = 64;
const BOTTOM = 56;
const TICKS = 6;

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Axis extends Range {
  readonly name: string;
  readonly tick: (value: number) => string;
  /** Where lines are drawn; absent: at round numbers. */
  readonly ticks?: readonly number[];
}

export interface ChartFrame {
  readonly title: string;
  /** What a reader must know beside it. */
  readonly note: string;
  readonly x: Axis;
  readonly y: Axis;
}

/** A chart with axes and a grid; `draw` gives what stands on it, by a function that places values. */
export function chart({ title, note, x, y }: ChartFrame, draw: (at: (x: number, y: number) => Point) => readonly string[]): string {
  const place = (value: number, { from, to }: Range, start: number, end: number) => start + ((value - from) / (to - from)) * (end - start);
  const at = (x_value: number, y_value: number): Point => ({
    x: place(x_value, x, LEFT, WIDTH - RIGHT),
    y: place(y_value, y, HEIGHT - BOTTOM, TOP),
  });
  const parts = [
    svgText({ x: LEFT, y: 26 }, title, { size: 15 }),
    svgText({ x: LEFT, y: 46 }, note, { size: 11, color: COLORS.faint }),
    ...(x.ticks ?? roundTicks(x)).flatMap((value) => [
      svgLine([at(value, y.from), at(value, y.to)], COLORS.grid),
      svgText({ x: at(value, y.from).x, y: HEIGHT - BOTTOM + 18 }, x.tick(value), { anchor: "middle", size: 11 }),
    ]),
    ...(y.ticks ?? roundTicks(y)).flatMap((value) => [
      svgLine([at(x.from, value), at(x.to, value)], COLORS.grid),
      svgText({ x: LEFT - 8, y: at(x.from, value).y + 4 }, y.tick(value), { anchor: "end", size: 11 }),
    ]),
    svgText({ x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 14 }, x.name, { anchor: "middle" }),
    svgText({ x: 18, y: (TOP + HEIGHT - BOTTOM) / 2 }, y.name, { anchor: "middle", turned: -90 }),
    ...draw(at),
  ];
  return svgDocument(WIDTH, HEIGHT, title, parts);
}

/** Names of lines, at the top right above the chart. */
export function legend(entries: readonly { readonly name: string; readonly color: string }[]): readonly string[] {
  return entries.flatMap(({ name, color }, index) => {
    const y = 20 + 16 * index;
    const x = WIDTH - RIGHT;
    return [
      svgText({ x: x - 26, y: y + 4 }, name, { anchor: "end", size: 11 }),
      svgLine(
        [
          { x: x - 20, y },
          { x, y },
        ],
        color,
        2,
      ),
    ];
  });
}

/** The values' range with a margin; around a single one, one unit each way. */
export function rangeOf(values: readonly number[], margin = 0.05): Range {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [from, to] = [Math.min(from, value), Math.max(to, value)];
  if (!(from <= to)) return { from: 0, to: 1 };
  const pad = from === to ? 1 : (to - from) * margin;
  return { from: from - pad, to: to + pad };
}

/** About six round numbers (1, 2 or 5 times a power of ten apart) within a range of any width but none. */
export function roundTicks({ from, to }: Range): readonly number[] {
  const rough = (to - from) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? 10 * power;
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}
