import type { Order } from "../../shared/ports/order.ts";

type Sortable = string | number | boolean | null;

interface Page<Field extends string> {
  readonly limit: number;
  readonly offset: number;
  readonly order_by?: Order<Field> | undefined;
}

/** What a store's list takes: no key where nothing was asked. */
export function queryOf<Field extends string>({ limit, offset, order_by }: Page<Field>) {
  return { limit, offset, ...(order_by ? { order: order_by } : {}) };
}

/** A page of rows that are all at hand. Rows without a value come first, as in SQLite. */
export function pageOf<Field extends string, Row extends Readonly<Record<Field, Sortable>>>(
  rows: readonly Row[],
  { limit, offset, order_by }: Page<Field>,
): Row[] {
  const sorted = order_by
    ? rows.toSorted((a, b) => compare(a[order_by.field], b[order_by.field]) * (order_by.is_descending ? -1 : 1))
    : rows;
  return sorted.slice(offset, offset + limit);
}

function compare(a: Sortable, b: Sortable): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}
