import type { Order } from "../../shared/ports/order.ts";

type Sortable = string | number | boolean | null;

interface Page<Field extends string> {
  readonly limit: number;
  readonly offset: number;
  readonly order_by?: Order<Field> | readonly Order<Field>[] | undefined;
}

/** What a store's list takes: no key where nothing was asked. */
export function queryOf<Field extends string>({ limit, offset, order_by }: Page<Field> & { readonly order_by?: Order<Field> | undefined }) {
  return { limit, offset, ...(order_by ? { order: order_by } : {}) };
}

/** A page of rows that are all at hand. Rows without a value come first, as in SQLite. */
export function pageOf<Field extends string, Row extends Readonly<Record<Field, Sortable>>>(
  rows: readonly Row[],
  { limit, offset, order_by }: Page<Field>,
): Row[] {
  const orders = [order_by ?? []].flat() as readonly Order<Field>[];
  const sorted = rows.toSorted((a, b) => {
    const first = orders.find(({ field }) => compare(a[field], b[field]) !== 0);
    return first ? compare(a[first.field], b[first.field]) * (first.is_descending ? -1 : 1) : 0;
  });
  return sorted.slice(offset, offset + limit);
}

function compare(a: Sortable, b: Sortable): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}
