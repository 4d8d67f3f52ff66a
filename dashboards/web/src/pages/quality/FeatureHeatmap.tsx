import type { ComponentChildren } from "preact";
import { useCallback } from "preact/hooks";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import type { Cells } from "../monitoring/heatmapCells.ts";
import { showShare } from "../monitoring/readingForm.ts";

/** Broad enough for a number in each cell. */
const MAX_NUMBERED = 8;

/** Shares by feature and something else, in shades; the number stands in the cell where there is room. */
export function FeatureHeatmap({
  label,
  found: { columns, rows, cells },
  textOf,
  children,
}: {
  readonly label: string;
  readonly found: Cells;
  /** What a column is called. */
  readonly textOf: (column: string) => string;
  readonly children?: ComponentChildren;
}) {
  const said = JSON.stringify([columns.map(textOf), rows, cells]);
  const most = Math.max(0.01, ...cells.map(([, , share]) => share));
  const option = useCallback(
    (colours: ChartColours) => ({
      grid: { left: 8, right: 36, top: 8, bottom: 54, containLabel: true },
      tooltip: {
        trigger: "item",
        formatter: ({ value: [column, row, share] }: { readonly value: readonly [number, number, number] }) =>
          `${rows[row]}, ${textOf(columns[column]!)}: ${showShare(share)} missing`,
      },
      xAxis: { type: "category", data: columns.map(textOf), axisLabel: { color: colours.quiet, hideOverlap: true } },
      yAxis: { type: "category", inverse: true, data: rows, axisLabel: { color: colours.text, width: 150, overflow: "truncate" } },
      visualMap: {
        ...{ type: "continuous", dimension: 2, min: 0, max: most },
        ...{ orient: "horizontal", left: "center", bottom: 0, itemHeight: 160, itemWidth: 12 },
        // Pale enough for the numbers to be read on it, on either ground.
        inRange: { color: [colours.series[1]], colorAlpha: [0.06, 0.5] },
        text: [showShare(most), showShare(0)],
        textStyle: { color: colours.text },
      },
      series: [
        {
          type: "heatmap",
          data: cells,
          label: {
            show: columns.length <= MAX_NUMBERED,
            color: colours.text,
            fontSize: 11,
            formatter: ({ value }: { readonly value: readonly number[] }) => showShare(value[2]),
          },
        },
      ],
    }),
    [said],
  );
  return (
    <Chart label={label} height={90 + 20 * rows.length} option={option}>
      {children}
    </Chart>
  );
}
