import { z } from "zod";
import type { Order } from "../ports/order.ts";

/** As in Airflow. */
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** How many of a list, from 1 to `most`. */
export function limitField(most: number, otherwise = most) {
  return z.coerce.number().int().min(1).max(most).default(otherwise);
}

export const offsetField = z.coerce
  .number()
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .default(0)
  .describe("leave out so many of the first");

/** Query of a list: limit, offset and order_by, which is a field, or one with a minus for the largest first. */
export function pageSchema<Field extends string>(fields: readonly Field[]) {
  const orders = fields.flatMap((field) => [field, `-${field}`]);
  return z.object({
    limit: limitField(MAX_LIMIT, DEFAULT_LIMIT),
    offset: offsetField,
    order_by: z
      .enum(orders)
      .transform((text): Order<Field> => ({ field: text.replace(/^-/, "") as Field, is_descending: text.startsWith("-") }))
      .optional()
      .describe("a field; with a minus before it the largest first"),
  });
}
