import { z } from "zod";
import type { Range, TextPattern } from "../../ports/filter.ts";
import type { Order } from "../../ports/order.ts";
import { limitField, offsetField } from "../page.ts";
import { airflowTimeSchema } from "./airflowTime.ts";

/** Parts of the queries that Airflow's clients send: pages, orders and filters. */

const BOUNDS = ["gte", "gt", "lte", "lt"] as const;
type Bound = (typeof BOUNDS)[number];
type RangeShape<Name extends string, Value extends z.ZodType> = Record<`${Name}_${Bound}`, z.ZodOptional<Value>>;

/** As in Airflow. */
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;
const MAX_LISTED = 200;
const MAX_PATTERN = 200;

const secondsSchema = z.coerce.number();

/** NAME_gte, NAME_gt, NAME_lte and NAME_lt: moments. */
export function timeRange<Name extends string>(name: Name): RangeShape<Name, typeof airflowTimeSchema> {
  return rangeShape(name, airflowTimeSchema);
}

/** The same, in seconds. */
export function secondsRange<Name extends string>(name: Name): RangeShape<Name, typeof secondsSchema> {
  return rangeShape(name, secondsSchema);
}

function rangeShape<Name extends string, Value extends z.ZodType>(name: Name, value: Value): RangeShape<Name, Value> {
  return Object.fromEntries(BOUNDS.map((bound) => [`${name}_${bound}`, value.optional()])) as RangeShape<Name, Value>;
}

/** What a query says of NAME_gte and so on. */
export function rangeOf<Name extends string>(query: Partial<Readonly<Record<`${Name}_${Bound}`, number | undefined>>>, name: Name): Range {
  const said = BOUNDS.flatMap((bound) => {
    const value = query[`${name}_${bound}` as const];
    return value === undefined ? [] : [[bound, value] as const];
  });
  return Object.fromEntries(said);
}

/** When a run or a task was. */
export const lifetimeFields = {
  ...timeRange("run_after"),
  ...timeRange("logical_date"),
  ...timeRange("start_date"),
  ...timeRange("end_date"),
  ...timeRange("updated_at"),
  ...secondsRange("duration"),
};
type LifetimeAsked = Readonly<z.output<z.ZodObject<typeof lifetimeFields>>>;

/** What a query says of these, in the ledger's words. */
export function lifetimeOf(query: LifetimeAsked) {
  return {
    window_end: rangeOf(query, "run_after"),
    scheduled_start: rangeOf(query, "logical_date"),
    started_at: rangeOf(query, "start_date"),
    ended_at: rangeOf(query, "end_date"),
    updated_at: rangeOf(query, "updated_at"),
    duration: rangeOf(query, "duration"),
  };
}

const textSchema = z.string().max(MAX_PATTERN).optional();
type PatternShape<Name extends string> = Record<`${Name}_pattern` | `${Name}_prefix_pattern`, typeof textSchema>;

/** NAME_pattern (a part, any case, % and _ as in SQL) and NAME_prefix_pattern (the beginning); `a|b`: either, `~`: all. */
export function patternFields<Name extends string>(name: Name): PatternShape<Name> {
  return { [`${name}_pattern`]: textSchema, [`${name}_prefix_pattern`]: textSchema } as PatternShape<Name>;
}

/** What a query says of NAME_pattern and NAME_prefix_pattern; none where it says nothing, or `~`. */
export function patternsOf<Name extends string>(
  query: Partial<Readonly<Record<`${Name}_pattern` | `${Name}_prefix_pattern`, string | undefined>>>,
  name: Name,
): TextPattern[] {
  const said = [
    [query[`${name}_pattern` as const], false],
    [query[`${name}_prefix_pattern` as const], true],
  ] as const;
  return said.flatMap(([text, is_prefix]) => (text === undefined || text === "~" ? [] : [{ any_of: text.split("|"), is_prefix }]));
}

/** A name that may be said several times: any of its values. */
export function listField<Value extends z.ZodType>(value: Value) {
  return z.array(value).max(MAX_LISTED).optional();
}

/** Fields that are sorted by, each with a minus before it for the largest first; the first one counts most. */
export function ordersField<Field extends string>(fields: readonly Field[]) {
  const orders = fields.flatMap((field) => [field, `-${field}`]);
  const order = z
    .enum(orders)
    .transform((text): Order<Field> => ({ field: text.replace(/^-/, "") as Field, is_descending: text.startsWith("-") }));
  return listField(order).describe("a field; with a minus before it the largest first; said several times, the first counts most");
}

/** Query of a list of Airflow's API. */
export function airflowPage<Field extends string>(fields: readonly Field[]) {
  return z.object({ limit: limitField(MAX_LIMIT, DEFAULT_LIMIT), offset: offsetField, order_by: ordersField(fields) });
}

/** Paging by a cursor, which clients of Airflow 3.3 may ask for. */
export const unpagedFields = {
  cursor: z
    .string()
    .refine(() => false, "pages go by limit and offset here")
    .optional(),
};

const absentSchema = z
  .array(z.string().max(MAX_PATTERN))
  .max(MAX_LISTED)
  .transform((values) => (values.every((value) => value === "~") ? undefined : ABSENT))
  .optional()
  .describe("nothing here has one: an empty list, unless it is ~");

/** What a filter comes to that asks for what nothing here has. */
export const ABSENT = Symbol("absent");

/** Filters by what nothing here has: whoever asks for it gets an empty list. */
export function absentFields<Name extends string>(...names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, absentSchema])) as Record<Name, typeof absentSchema>;
}

/** True where a query asks for what nothing here has. */
export function asksForAbsent(query: Readonly<Record<string, unknown>>): boolean {
  return Object.values(query).includes(ABSENT);
}
