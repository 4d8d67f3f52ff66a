import type { HistoryPage } from "../ports/featureStore.ts";

/** A column that takes the value at a place of each row. */
export interface GatheredColumn {
  readonly position: number;
  readonly values: Float64Array;
}

/**
 * Puts into each column, at `at[i]`, the value of row `indexes[i]` (-1: none, which leaves what stands there). Rows of one page are done
 * column by column: the page is in the processor's cache then, and each column is written in order.
 */
export function gatherColumns(
  pages: readonly HistoryPage[],
  indexes: Int32Array,
  at: Uint32Array,
  columns: readonly GatheredColumn[],
): void {
  let page: HistoryPage | undefined;
  for (let from = 0, to = 0; from < indexes.length; from = to) {
    const first = indexes[from]!;
    to = from + 1;
    if (first === -1) continue;
    if (!page || !holds(page, first)) page = pages.find((one) => holds(one, first))!;
    while (to < indexes.length && (indexes[to] === -1 || holds(page, indexes[to]!))) to++;
    for (const column of columns) if (column.position < page.width) gather(page, indexes, at, column, from, to);
  }
}

function holds({ first, rows }: HistoryPage, row: number): boolean {
  return row >= first && row < first + rows;
}

function gather(
  { first, width, values }: HistoryPage,
  indexes: Int32Array,
  at: Uint32Array,
  column: GatheredColumn,
  from: number,
  to: number,
): void {
  const offset = column.position - first * width;
  for (let i = from; i < to; i++) {
    const row = indexes[i]!;
    if (row !== -1) column.values[at[i]!] = values[row * width + offset]!;
  }
}
