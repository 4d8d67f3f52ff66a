import { wilsonInterval } from "../metrics/accuracy.ts";
import { chart, legend, type Range, rangeOf } from "./chart.ts";
import { COLORS, svgDot, svgLine } from "./svg.ts";

const BINS = 10;

export interface ReliabilityInput {
  readonly name: string;
  /** 1: it rose. */
  readonly y: ArrayLike<number>;
  /** Probabilities of a rise, in the order of `y`: as the trees said them, and, where the model is calibrated, as they are served. */
  readonly raw: ArrayLike<number>;
  readonly calibrated: ArrayLike<number> | null;
}

interface Bin {
  readonly said: number;
  readonly came: number;
  readonly low: number;
  readonly high: number;
}

/** Said against come: out-of-fold probabilities in bins of as many rows each, the share that rose with its 95 % interval. */
export function reliabilityCurve({ name, y, raw, calibrated }: ReliabilityInput): string {
  const before = binsOf(y, raw);
  const after = calibrated === null ? [] : binsOf(y, calibrated);
  const values = [...before, ...after].flatMap(({ said, low, high }) => [said, low, high]);
  const { from, to }: Range = rangeOf([0.45, 0.55, ...values]);
  const axis = { from: Math.max(0, from), to: Math.min(1, to), tick: (value: number) => value.toFixed(2) };
  const frame = {
    title: `${name}: reliability`,
    note: `${y.length} out-of-fold rows in ${BINS} bins; bars: 95 % intervals; dashed: said as it came`,
    x: { ...axis, name: "probability that was said" },
    y: { ...axis, name: "share that rose" },
  };
  return chart(frame, (at) => [
    svgLine([at(axis.from, axis.from), at(axis.to, axis.to)], COLORS.faint, 1, "5 4"),
    ...seriesOf(before, COLORS.second, at),
    ...seriesOf(after, COLORS.first, at),
    ...legend([
      { name: calibrated === null ? "as served" : "before calibration", color: COLORS.second },
      ...(calibrated === null ? [] : [{ name: "after, as served", color: COLORS.first }]),
    ]),
  ]);
}

function seriesOf(bins: readonly Bin[], color: string, at: (x: number, y: number) => { x: number; y: number }): readonly string[] {
  return [
    ...bins.map(({ said, low, high }) => svgLine([at(said, low), at(said, high)], color)),
    svgLine(
      bins.map(({ said, came }) => at(said, came)),
      color,
      2,
    ),
    ...bins.map(({ said, came }) => svgDot(at(said, came), 3, color)),
  ];
}

function binsOf(y: ArrayLike<number>, p: ArrayLike<number>): readonly Bin[] {
  const order = Array.from(p, (_, row) => row).sort((one, other) => p[one]! - p[other]! || one - other);
  return Array.from({ length: BINS }, (_, bin) => {
    return order.slice(Math.floor((bin * order.length) / BINS), Math.floor(((bin + 1) * order.length) / BINS));
  }).flatMap((rows) => {
    const rose = rows.reduce((sum, row) => sum + y[row]!, 0);
    const interval = wilsonInterval(rose, rows.length);
    const said = rows.reduce((sum, row) => sum + p[row]!, 0) / rows.length;
    return interval === null ? [] : [{ said, came: interval.estimate, low: interval.low, high: interval.high }];
  });
}
