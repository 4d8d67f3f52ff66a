import type { ComponentChildren } from "preact";
import { useCallback } from "preact/hooks";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { momentOf } from "../../format/time.ts";
import { ZONES, zone } from "../../state/choices.ts";
import type { LimitLine } from "./limits.ts";
import type { Point } from "./lineData.ts";
import type { Show } from "./readingForm.ts";
import { timeAxis } from "./timeAxis.ts";

export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
  readonly is_dashed?: boolean;
  /** Its 95 % interval, behind it. */
  readonly band?: { readonly low: readonly Point[]; readonly width: readonly Point[] } | undefined;
}

/** With more points than this a symbol at each hides the line. */
const MAX_SYMBOLS = 40;
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow"] as const;
const DASHES = ["solid", "dashed", "dotted"] as const;

/** Curves over time with their limits. Lines are told apart by colour, by dashes and by the shape of their points. */
export function SeriesChart({
  label,
  lines,
  limits = [],
  show,
  window,
  is_free = false,
  is_whole = false,
  height = 210,
  children,
}: {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly limits?: readonly LimitLine[];
  readonly show: Show;
  /** Epoch ms. */
  readonly window: { readonly from: number; readonly to: number };
  /** The axis need not hold 0. */
  readonly is_free?: boolean;
  /** Of counts: no step of the axis is smaller than 1. */
  readonly is_whole?: boolean;
  readonly height?: number;
  readonly children?: ComponentChildren;
}) {
  const time_zone = ZONES[zone.value];
  const said = JSON.stringify([lines, limits, window, time_zone]);
  const option = useCallback(
    (colours: ChartColours) => ({
      useUTC: true,
      grid: { left: 8, right: 20, top: 14, bottom: lines.length > 1 ? 34 : 8, containLabel: true },
      ...(lines.length > 1
        ? {
            legend: {
              data: lines.map(({ name }) => name),
              type: "scroll",
              bottom: 0,
              textStyle: { color: colours.text },
              pageTextStyle: { color: colours.text },
            },
          }
        : {}),
      tooltip: { formatter: (points: readonly TooltipPoint[]) => tooltipOf(points, lines, show, time_zone) },
      xAxis: timeAxis(window, time_zone, colours.quiet),
      yAxis: {
        type: "value",
        scale: is_free,
        splitNumber: height < 200 ? 3 : 5,
        ...(is_whole ? { minInterval: 1 } : {}),
        ...rangeWith(lines, limits, is_free),
        axisLabel: { color: colours.quiet, formatter: (value: number) => show(value), hideOverlap: true },
        splitLine: { lineStyle: { color: colours.line } },
      },
      series: lines.flatMap((line, at) => seriesOf(line, at, at === 0 ? limits : [], show, colours)),
    }),
    [said],
  );
  return (
    <Chart label={label} height={height} option={option}>
      {children}
    </Chart>
  );
}

function seriesOf({ name, points, is_dashed, band }: Line, at: number, limits: readonly LimitLine[], show: Show, colours: ChartColours) {
  const color = colours.series[at % colours.series.length]!;
  const quiet = { type: "line", stack: `band-${name}`, symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return [
    {
      ...{ type: "line", name, data: points, symbol: SYMBOLS[at % SYMBOLS.length], symbolSize: 6, color },
      showSymbol: points.length <= MAX_SYMBOLS,
      lineStyle: { width: 2, type: is_dashed ? "dashed" : DASHES[Math.floor(at / 3) % DASHES.length] },
      ...(limits.length === 0 ? {} : { markLine: marksOf(limits, show, colours) }),
    },
    ...(band === undefined
      ? []
      : [
          { ...quiet, name: `${name}, low`, data: band.low },
          { ...quiet, name: `${name}, interval`, data: band.width, areaStyle: { color, opacity: 0.18 } },
        ]),
  ];
}

function marksOf(limits: readonly LimitLine[], show: Show, colours: ChartColours) {
  return {
    ...{ silent: true, symbol: "none" },
    data: limits.map(({ value, kind }) => ({
      yAxis: value,
      lineStyle: { color: kind === "breach" ? colours.bad : colours.warn, type: "dashed", width: 1 },
      label: {
        formatter: `${kind} ${show(value)}`,
        position: kind === "breach" || value === 0 ? "insideEndTop" : "insideEndBottom",
        color: kind === "breach" ? colours.bad : colours.warn,
      },
    })),
  };
}

interface AxisRange {
  readonly max?: number;
  readonly min?: number;
  readonly interval?: number;
}

/** So that the nearest limit is seen, however far what is measured lies from it. */
function rangeWith(lines: readonly Line[], limits: readonly LimitLine[], is_free: boolean): AxisRange {
  const warnings = limits.filter(({ kind }) => kind === "warning");
  const nearest = (warnings.length > 0 ? warnings : limits).map(({ value }) => value);
  const values = lines.flatMap(({ points }) => points.flatMap(([, value]) => (value === null ? [] : [value])));
  // Of nothing but zeros the axis would end at 1.2, which no share is.
  if (nearest.length === 0) return values.length > 0 && values.every((value) => value === 0) ? { min: 0, max: 1, interval: 1 } : {};
  if (values.length === 0) return {};
  const [low, high] = [Math.min(...values, ...(is_free ? [] : [0])), Math.max(...values, ...(is_free ? [] : [0]))];
  const [least, most] = [Math.min(...nearest), Math.max(...nearest)];
  const room = 0.15 * (Math.max(high, most) - Math.min(low, least));
  return { ...(most > high ? { max: roomy(most + room) } : {}), ...(least < low ? { min: -roomy(room - least) } : {}) };
}

/** Two figures: an axis that ends at 1.2500000001 is nobody's wish. */
function roomy(value: number): number {
  return Number(value.toPrecision(2));
}

interface TooltipPoint {
  readonly seriesName: string;
  readonly value: readonly [number, number | null];
  readonly axisValue: number;
}

function tooltipOf(points: readonly TooltipPoint[], lines: readonly Line[], show: Show, time_zone: string): string {
  const [first] = points;
  if (first === undefined) return "";
  const { date, time } = momentOf(Number(first.axisValue), time_zone);
  const own = points.filter(({ seriesName }) => lines.some(({ name }) => name === seriesName));
  return [`${date} ${time}`, ...own.map(({ seriesName, value }) => `${seriesName}: ${show(value[1])}`)].join("\n");
}
