import { z } from "zod";
import type { Order } from "../../shared/ports/order.ts";

/** As in Airflow. */
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** Query of a list: limit, offset and order_by, which is a field, or one with a minus for the largest first. */
export function pageSchema<Field extends string>(fields: readonly Field[]) {
  const orders = fields.flatMap((field) => [field, `-${field}`]);
  return z.object({
    limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
    offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    order_by: z
      .enum(orders)
      .transform((text): Order<Field> => ({ field: text.replace(/^-/, "") as Field, is_descending: text.startsWith("-") }))
      .optional(),
  });
}

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
