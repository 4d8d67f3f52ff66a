import { pnlPoints } from "../backtest/pnlPoints.ts";
import { toIso } from "../domain/instant.ts";
import { chart, legend, rangeOf } from "./chart.ts";
import { COLORS, svgLine } from "./svg.ts";

/** More points than pixels would be of no use. */
const MOST_POINTS = 600;

export interface PnlInput {
  readonly name: string;
  readonly event_time: ArrayLike<number>;
  /** Log returns of each row's trade between mids and after the spread; 0 where none was made. */
  readonly gross: ArrayLike<number>;
  readonly net: ArrayLike<number>;
  /** What was traded, for the note. */
  readonly rule: string;
}

/** What trading the out-of-fold predictions would have come to over time, one unit a trade: before costs, and after. */
export function pnlCurve({ name, event_time, gross, net, rule }: PnlInput): string {
  const points = pnlPoints(event_time, { gross, net }, MOST_POINTS);
  const times = points.map((point) => point.event_time);
  const y = rangeOf([0, ...points.flatMap(({ gross_bp, net_bp }) => [gross_bp, net_bp])]);
  const x = rangeOf(times, 0);
  const frame = {
    title: `${name}: gross and net result`,
    note: `out of fold, one unit a trade, no leverage; ${rule}`,
    x: { ...x, name: "time (UTC)", tick: (ms: number) => toIso(ms).slice(0, 10), ticks: quarters(x.from, x.to) },
    y: { ...y, name: "sum in basis points", tick: (value: number) => String(Math.round(value * 100) / 100) },
  };
  const curve = (sum: "gross_bp" | "net_bp", at: (x: number, y: number) => { x: number; y: number }) =>
    points.map((point) => at(point.event_time, point[sum]));
  return chart(frame, (at) => [
    svgLine([at(x.from, 0), at(x.to, 0)], COLORS.faint, 1, "5 4"),
    svgLine(curve("gross_bp", at), COLORS.second, 1.5),
    svgLine(curve("net_bp", at), COLORS.first, 2),
    ...legend([
      { name: "before costs", color: COLORS.second },
      { name: "after the spread", color: COLORS.first },
    ]),
  ]);
}

function quarters(from: number, to: number): readonly number[] {
  return [0.1, 0.37, 0.63, 0.9].map((share) => from + share * (to - from));
}
