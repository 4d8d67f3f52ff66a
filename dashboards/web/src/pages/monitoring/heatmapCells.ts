import { pairOf, type Reading, type Series } from "./readings.ts";

/** Rows and columns by name, and what stands where: [column, row, value]. */
export interface Cells {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly cells: readonly (readonly [column: number, row: number, value: number])[];
  /** Rows that have no room. */
  readonly left_out: number;
}

interface Cell {
  readonly column: string;
  readonly row: string;
  readonly value: number;
}

/** The rows with the largest values first, of which `max_rows` are kept; one that is nowhere above `floor` is no row. */
export function cellsOf(found: readonly Cell[], columns: readonly string[], { max_rows = 30, floor = 0 } = {}): Cells {
  const largest = new Map<string, number>();
  for (const { row, value } of found) largest.set(row, Math.max(largest.get(row) ?? Number.NEGATIVE_INFINITY, value));
  const ranked = [...largest]
    .filter(([, value]) => value > floor)
    .sort(([one_name, one], [other_name, other]) => other - one || one_name.localeCompare(other_name))
    .map(([row]) => row);
  const rows = ranked.slice(0, max_rows);
  const row_at = new Map(rows.map((row, at) => [row, at]));
  const column_at = new Map(columns.map((column, at) => [column, at]));
  const cells = found.flatMap(({ column, row, value }) => {
    const [x, y] = [column_at.get(column), row_at.get(row)];
    return x === undefined || y === undefined ? [] : [[x, y, value] as const];
  });
  return { columns, rows, cells, left_out: ranked.length - rows.length };
}

/** Feature by pair, of readings whose subject is PAIR/FEATURE. */
export function featuresByPair(readings: readonly Reading[], pairs: readonly string[]): Cells {
  const found = readings.flatMap(({ subject, value }) => {
    const pair = pairOf(subject, pairs);
    return pair === null || value === null ? [] : [{ column: pair, row: featureOf(subject), value }];
  });
  return cellsOf(
    found,
    pairs.filter((pair) => found.some(({ column }) => column === pair)),
  );
}

/** Feature by moment, of one pair's series. Columns are moments in ISO. */
export function featuresByTime(series: readonly Series[]): Cells {
  const found = series.flatMap(({ subject, points }) =>
    points.flatMap(({ at, value }) => (value === null ? [] : [{ column: at, row: featureOf(subject), value }])),
  );
  return cellsOf(found, [...new Set(found.map(({ column }) => column))].sort());
}

export function featureOf(subject: string): string {
  return subject.slice(subject.indexOf("/") + 1);
}
