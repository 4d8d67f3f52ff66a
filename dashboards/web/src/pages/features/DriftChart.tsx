import { useCallback } from "preact/hooks";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { amountOf } from "../../format/amountOf.ts";
import { numberOf } from "../../format/number.ts";
import type { DriftRow } from "./driftRows.ts";

/** PSI of some features as bars, each with what chance alone gives. */
export function DriftChart({ rows }: { readonly rows: readonly DriftRow[] }) {
  const pairs = new Set(rows.map(({ instrument }) => instrument));
  const named = rows.map((row) => (pairs.size > 1 ? `${row.instrument} ${row.feature}` : row.feature));
  const key = JSON.stringify(rows);
  const option = useCallback(
    ({ series, quiet, line, text }: ChartColours) => ({
      grid: { left: 8, right: 24, top: 30, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, textStyle: { color: text }, data: ["PSI", "by chance"] },
      tooltip: { axisPointer: { type: "shadow" }, valueFormatter: (value: unknown) => numberOf(value as number, { digits: 3 }) },
      xAxis: { type: "value", axisLabel: { color: quiet }, splitLine: { lineStyle: { color: line } } },
      yAxis: { type: "category", inverse: true, data: named, axisLabel: { color: text, width: 190, overflow: "truncate" } },
      series: [
        { type: "bar", name: "PSI", data: rows.map(({ psi }) => psi), itemStyle: { color: series[0] }, barMaxWidth: 12 },
        {
          type: "scatter",
          name: "by chance",
          symbol: "diamond",
          symbolSize: 8,
          data: rows.map(({ psi_by_chance }) => psi_by_chance),
          itemStyle: { color: series[1] },
        },
      ],
    }),
    [key],
  );
  const first = rows[0];
  if (first === undefined) return null;
  return (
    <Chart
      label={`PSI of ${amountOf(rows.length, "feature")}; the first, ${named[0]}, has ${numberOf(first.psi, { digits: 3 })}. All of them are in the table below.`}
      height={60 + rows.length * 20}
      option={option}
    />
  );
}
