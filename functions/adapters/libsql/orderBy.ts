import type { Order } from "../../../shared/ports/order.ts";

/** The ORDER BY of a list: as asked, by the first of several first, with a tie broken by `key` so that pages neither repeat nor lose a row; else `usual`. */
export function orderBy<Field extends string>(
  order: Order<Field> | readonly Order<Field>[] | undefined,
  { columns, key, usual }: { readonly columns: Readonly<Record<Field, string>>; readonly key: string; readonly usual: string },
): string {
  const asked = [order ?? []].flat() as readonly Order<Field>[];
  const terms = asked.map(({ field, is_descending }) => `${columns[field]} ${is_descending ? "DESC" : "ASC"}`);
  return terms.length > 0 ? `ORDER BY ${terms.join(", ")}, ${key}` : `ORDER BY ${usual}`;
}
