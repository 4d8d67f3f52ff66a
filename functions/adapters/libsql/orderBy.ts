import type { Order } from "../../../shared/ports/order.ts";

/** The ORDER BY of a list: as asked, with a tie broken by `key` so that pages neither repeat nor lose a row; else `usual`. */
export function orderBy<Field extends string>(
  order: Order<Field> | undefined,
  { columns, key, usual }: { readonly columns: Readonly<Record<Field, string>>; readonly key: string; readonly usual: string },
): string {
  return order ? `ORDER BY ${columns[order.field]} ${order.is_descending ? "DESC" : "ASC"}, ${key}` : `ORDER BY ${usual}`;
}
