import type { SeriesWindow } from "./ranges.ts";
import type { Status } from "./readings.ts";

const ORDER: readonly Status[] = ["ok", "unknown", "warning", "breach"];

export interface HistoryCells {
  /** The beginning of each step, epoch ms. */
  readonly columns: readonly number[];
  /** Column, row, place of the status from ok to breach, and the value. */
  readonly cells: readonly (readonly [column: number, row: number, status: number, value: number | null])[];
}

interface Row {
  readonly points: readonly { readonly at: string; readonly value: number | null; readonly status: Status }[];
}

/** A cell for every step in which something was measured, from the first of them on. */
export function historyCells(rows: readonly Row[], { from, to, step_s }: SeriesWindow): HistoryCells {
  const step = step_s * 1_000;
  const stepOf = (at: string) => Math.floor((Date.parse(at) - from) / step);
  const count = Math.max(1, Math.round((to - from) / step));
  const cells = rows.flatMap(({ points }, row) =>
    points.flatMap(({ at, value, status }) => {
      // What is measured at the very end is of the last step.
      const column = Math.min(stepOf(at), count - 1);
      return column < 0 ? [] : [[column, row, ORDER.indexOf(status), value] as const];
    }),
  );
  return { columns: Array.from({ length: count }, (_none, at) => from + at * step), cells };
}
