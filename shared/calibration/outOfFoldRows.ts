import type { RowRange } from "../contracts/training.ts";

/** Out-of-fold rows, ascending in time: their outcomes, and what the fold's model said of each. */
export interface OutOfFoldRows {
  readonly event_time: ArrayLike<number>;
  readonly label_end: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Probabilities of the trees. */
  readonly raw: ArrayLike<number>;
  readonly horizon_bars: number;
}

/** Where the rows of each fold stand among all, `[start, end)`, of their numbers in the folds' order. */
export function foldSpans(test_rows: readonly number[]): readonly RowRange[] {
  let start = 0;
  return test_rows.map((rows) => {
    const span = { start, end: start + rows };
    start = span.end;
    return span;
  });
}

/**
 * The rows of the spans that were decided when the rows from `before` on begin: what somebody could have fitted on by then. All of them
 * without one. A label of several bars is open beyond the end of its fold, and is left out (purging).
 */
export function decidedRows(rows: Pick<OutOfFoldRows, "event_time" | "label_end">, spans: readonly RowRange[], before?: number): number[] {
  const until = before === undefined ? Number.POSITIVE_INFINITY : rows.event_time[before]!;
  return spans.flatMap(({ start, end }) =>
    Array.from({ length: end - start }, (_, row) => start + row).filter((row) => rows.label_end[row]! <= until),
  );
}
