import { toIso } from "../domain/instant.ts";
import { chart, legend, rangeOf } from "./chart.ts";
import { COLORS, svgLine } from "./svg.ts";

const BP = 10_000;
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
  const [before, after] = [runningSum(gross), runningSum(net)];
  const step = Math.max(1, Math.ceil(before.length / MOST_POINTS));
  const rows = Array.from(before, (_, row) => row).filter((row) => row % step === 0 || row === before.length - 1);
  const times = rows.map((row) => event_time[row]!);
  const y = rangeOf([0, ...rows.flatMap((row) => [before[row]!, after[row]!])]);
  const x = rangeOf(times, 0);
  const frame = {
    title: `${name}: gross and net result`,
    note: `out of fold, one unit a trade, no leverage; ${rule}`,
    x: { ...x, name: "time (UTC)", tick: (ms: number) => toIso(ms).slice(0, 10), ticks: quarters(x.from, x.to) },
    y: { ...y, name: "sum in basis points", tick: (value: number) => String(Math.round(value * 100) / 100) },
  };
  const curve = (sums: Float64Array, at: (x: number, y: number) => { x: number; y: number }) =>
    rows.map((row) => at(event_time[row]!, sums[row]!));
  return chart(frame, (at) => [
    svgLine([at(x.from, 0), at(x.to, 0)], COLORS.faint, 1, "5 4"),
    svgLine(curve(before, at), COLORS.second, 1.5),
    svgLine(curve(after, at), COLORS.first, 2),
    ...legend([
      { name: "before costs", color: COLORS.second },
      { name: "after the spread", color: COLORS.first },
    ]),
  ]);
}

function runningSum(returns: ArrayLike<number>): Float64Array {
  let sum = 0;
  return Float64Array.from(returns, (value) => {
    sum += value * BP;
    return sum;
  });
}

function quarters(from: number, to: number): readonly number[] {
  return [0.1, 0.37, 0.63, 0.9].map((share) => from + share * (to - from));
}
