import { useCallback } from "preact/hooks";
import type { AnswerAt } from "../../api/ask.ts";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { numberOf, percentOf } from "../../format/number.ts";
import { momentOf } from "../../format/time.ts";
import { Estimate } from "../../ui/Figure.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { estimateOf } from "./estimateOf.ts";

type Point = AnswerAt<"GET /api/monitoring/series">["series"][number]["points"][number];

const dayOf = (at: string) => momentOf(Date.parse(at), "UTC").date;
const shareOf = (value: number | null | undefined) => (value === null || value === undefined ? null : value * 100);

/** A share in time with its interval as a band, and the baseline dashed. */
export function AccuracyChart({
  pair,
  accuracy,
  baseline,
}: {
  readonly pair: string;
  readonly accuracy: readonly Point[];
  readonly baseline: readonly Point[];
}) {
  const rule = new Map(baseline.map(({ at, value }) => [dayOf(at), value]));
  const known = accuracy.filter(({ value }) => value !== null);
  const last = known.at(-1);
  const option = useCallback(
    ({ text, line, quiet, series }: ChartColours) => ({
      legend: { textStyle: { color: text }, data: ["right", "best baseline"], top: 0 },
      xAxis: {
        type: "category",
        data: known.map(({ at }) => dayOf(at)),
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
          known.map(({ low }) => shareOf(low)),
          null,
        ),
        band(
          "95 % interval",
          known.map(({ low, high }) => (low === null || high === null ? null : (high - low) * 100)),
          series[0]!,
        ),
        { name: "right", type: "line", symbol: "circle", symbolSize: 5, data: known.map(({ value }) => shareOf(value)), color: series[0] },
        {
          ...{ name: "best baseline", type: "line", symbol: "none", color: quiet, lineStyle: { type: "dashed" } },
          data: known.map(({ at }) => shareOf(rule.get(dayOf(at)))),
        },
      ],
      tooltip: { valueFormatter: (value: unknown) => (typeof value === "number" ? numberOf(value, { digits: 1, unit: "%" }) : "–") },
    }),
    [accuracy, baseline],
  );
  return (
    <Chart
      label={`Share of directions of ${pair.replace("_", "/")} that were right, by day${last ? `: ${percentOf(last.value)} on ${dayOf(last.at)}, the best baseline ${percentOf(rule.get(dayOf(last.at)))}` : ""}.`}
      option={option}
    >
      <Table
        caption="Share that was right, by day"
        rows={[...known].reverse()}
        keyOf={({ at }) => at}
        columns={[
          { name: "day", show: ({ at }) => <Time at={at} />, is_head: true },
          { name: "right (95 % interval)", is_number: true, show: (point) => <Estimate of={estimateOf(point)} is_share /> },
          { name: "best baseline", is_number: true, show: ({ at }) => percentOf(rule.get(dayOf(at))) },
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
