import { useCallback } from "preact/hooks";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { numberOf, percentOf } from "../../format/number.ts";
import { Estimate } from "../../ui/Figure.tsx";
import { Table } from "../../ui/Table.tsx";
import type { AccuracyDay } from "./accuracyDays.ts";
import { estimateOf } from "./estimateOf.ts";

const shareOf = (value: number | null | undefined) => (value === null || value === undefined ? null : value * 100);

/** A share in time with its interval as a band, and the baseline dashed. Days are those of UTC, whichever zone the reader has chosen. */
export function AccuracyChart({ pair, days }: { readonly pair: string; readonly days: readonly AccuracyDay[] }) {
  const last = days.at(-1);
  const said = JSON.stringify(days);
  const option = useCallback(
    ({ text, line, quiet, series }: ChartColours) => ({
      legend: { textStyle: { color: text }, data: ["right", "best baseline"], top: 0 },
      grid: { left: 8, right: 16, top: 36, bottom: 24, containLabel: true },
      xAxis: {
        type: "category",
        data: days.map(({ day }) => day),
        name: "day, UTC",
        nameLocation: "middle",
        nameGap: 28,
        nameTextStyle: { color: text },
        axisLabel: { color: text },
        axisLine: { lineStyle: { color: line } },
      },
      yAxis: {
        type: "value",
        scale: true,
        name: "%",
        axisLabel: { color: text },
        nameTextStyle: { color: text },
        splitLine: { lineStyle: { color: line } },
      },
      series: [
        band(
          "lower end",
          days.map(({ low }) => shareOf(low)),
          null,
        ),
        band(
          "95 % interval",
          days.map(({ low, high }) => (low === null || high === null ? null : (high - low) * 100)),
          series[0]!,
        ),
        { name: "right", type: "line", symbol: "circle", symbolSize: 5, data: days.map(({ value }) => shareOf(value)), color: series[0] },
        {
          ...{ name: "best baseline", type: "line", symbol: "none", color: quiet, lineStyle: { type: "dashed" } },
          data: days.map(({ baseline }) => shareOf(baseline)),
        },
      ],
      tooltip: { valueFormatter: (value: unknown) => (typeof value === "number" ? numberOf(value, { digits: 1, unit: "%" }) : "–") },
    }),
    [said],
  );
  return (
    <Chart
      label={`Share of directions of ${pair.replace("_", "/")} that were right, by day of UTC${last ? `: ${percentOf(last.value)} on ${last.day}, the best baseline ${percentOf(last.baseline)}` : ""}.`}
      option={option}
    >
      <Table
        caption="Share that was right, by day of UTC"
        rows={days.toReversed()}
        keyOf={({ day }) => day}
        columns={[
          { name: "day, UTC", show: ({ day }) => day, is_head: true },
          { name: "right (95 % interval)", is_number: true, show: (point) => <Estimate of={estimateOf(point)} is_share /> },
          { name: "best baseline", is_number: true, show: ({ baseline }) => percentOf(baseline) },
          { name: "decided", is_number: true, show: ({ n }) => n ?? "–" },
        ]}
      />
    </Chart>
  );
}

/** One of two lines that stand on each other, of which the upper one fills what is between them. */
function band(name: string, data: readonly (number | null)[], colour: string | null) {
  return {
    ...{ name, type: "line", stack: "interval", symbol: "none", silent: true, lineStyle: { opacity: 0 }, data },
    ...(colour === null ? { tooltip: { show: false } } : { color: colour, areaStyle: { color: colour, opacity: 0.18 } }),
  };
}
