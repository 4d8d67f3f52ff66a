import type { ComponentChildren } from "preact";
import { useCallback } from "preact/hooks";
import { Chart, type ChartColours } from "../../charts/Chart.tsx";
import { momentOf } from "../../format/time.ts";
import { ZONES, zone } from "../../state/choices.ts";
import { historyCells } from "./historyCells.ts";
import type { SeriesWindow } from "./ranges.ts";
import type { Show } from "./readingForm.ts";
import type { Status } from "./readings.ts";
import { axisText } from "./timeAxis.ts";

export interface HistoryRow {
  readonly name: string;
  readonly points: readonly { readonly at: string; readonly value: number | null; readonly status: Status }[];
}

const STATUSES: readonly { readonly status: Status; readonly text: string }[] = [
  { status: "ok", text: "✓ ok" },
  { status: "unknown", text: "– unknown" },
  { status: "warning", text: "! warning" },
  { status: "breach", text: "✕ breach" },
];
/** Broad enough for a sign in each cell. */
const MAX_SIGNED = 48;

/** A row a subject, a column a step: what became of each reading. Where the monitoring has not measured there is no cell. */
export function HistoryChart({
  label,
  rows,
  window,
  show,
  children,
}: {
  readonly label: string;
  readonly rows: readonly HistoryRow[];
  readonly window: SeriesWindow;
  readonly show: Show;
  readonly children?: ComponentChildren;
}) {
  const time_zone = ZONES[zone.value];
  const said = JSON.stringify([rows, window, time_zone]);
  const option = useCallback(
    (colours: ChartColours) => {
      const { columns, cells } = historyCells(rows, window);
      const tones = [colours.good, colours.line, colours.warn, colours.bad];
      return {
        grid: { left: 8, right: 12, top: 8, bottom: 34, containLabel: true },
        tooltip: {
          trigger: "item",
          formatter: ({ value: [column, row, status, value] }: { readonly value: readonly [number, number, number, number | null] }) => {
            const { date, time } = momentOf(columns[column]!, time_zone);
            return `${rows[row]!.name}, ${date} ${time}: ${STATUSES[status]!.text}, ${show(value)}`;
          },
        },
        xAxis: {
          type: "category",
          data: columns.map((at) => axisText(at, window, time_zone)),
          axisLabel: { color: colours.quiet, hideOverlap: true },
        },
        yAxis: { type: "category", inverse: true, data: rows.map(({ name }) => name), axisLabel: { color: colours.quiet } },
        visualMap: {
          ...{ type: "piecewise", dimension: 2, orient: "horizontal", left: "center", bottom: 0, itemWidth: 10, itemGap: 6 },
          textStyle: { color: colours.text, fontSize: 11 },
          // Where all is well nothing need be loud.
          pieces: STATUSES.map(({ text }, value) => ({ value, label: text, color: tones[value], opacity: value === 0 ? 0.4 : 1 })),
        },
        series: [
          {
            type: "heatmap",
            data: cells,
            itemStyle: { borderWidth: 1, borderColor: "transparent" },
            label: {
              show: columns.length <= MAX_SIGNED,
              color: colours.text,
              formatter: ({ value }: { readonly value: readonly number[] }) =>
                value[2] === 0 ? "" : STATUSES[value[2]!]!.text.slice(0, 1),
            },
          },
        ],
      };
    },
    [said],
  );
  return (
    <Chart label={label} height={70 + 22 * Math.max(2, rows.length)} option={option}>
      {children}
    </Chart>
  );
}
