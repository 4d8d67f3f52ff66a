import type { Filter, Range, TextPattern } from "../../../shared/ports/filter.ts";

interface Condition {
  readonly sql: string;
  readonly args: Readonly<Record<string, string | number>>;
}

const BOUNDS = { gte: ">=", gt: ">", lte: "<=", lt: "<" } as const satisfies Record<keyof Range, string>;

/** A filter as a condition ("true" where nothing is asked), with its arguments. `columns`: the SQL of each field. */
export function whereOf<Field extends string>(
  { ranges = {}, one_of = {}, none_of = {}, patterns = {} }: Filter<Field>,
  columns: Readonly<Record<Field, string>>,
): Condition {
  const entriesOf = <Value>(of: Partial<Record<Field, Value>>) => Object.entries(of) as [Field, Value][];
  const conditions = [
    ...entriesOf(ranges).flatMap(([field, range]) => rangeOf(columns[field], range)),
    ...entriesOf(one_of).map(([field, values]) => listOf(columns[field], values)),
    ...entriesOf(none_of).map(([field, values]) => noneOf(columns[field], values)),
    ...entriesOf(patterns).flatMap(([field, asked]) => asked.map((pattern) => patternOf(columns[field], pattern))),
  ];
  // Each says `?` for its one argument: they are numbered here, so that none knows of another.
  const args = Object.fromEntries(conditions.map(({ value }, index) => [`filter_${index}`, value]));
  const texts = conditions.map(({ sql }, index) => `(${sql.replaceAll("?", `:filter_${index}`)})`);
  return { sql: texts.length === 0 ? "true" : texts.join(" AND "), args };
}

interface Part {
  readonly sql: string;
  readonly value: string | number;
}

function rangeOf(column: string, range: Range): Part[] {
  return (Object.entries(range) as [keyof Range, number][]).map(([bound, value]) => ({ sql: `${column} ${BOUNDS[bound]} ?`, value }));
}

function listOf(column: string, values: readonly (string | number | null)[]): Part {
  const or_none = values.includes(null) ? ` OR ${column} IS NULL` : "";
  const present = values.filter((value) => value !== null);
  return { sql: `${column} IN (SELECT value FROM json_each(?))${or_none}`, value: JSON.stringify(present) };
}

function noneOf(column: string, values: readonly (string | number)[]): Part {
  return { sql: `coalesce(${column} NOT IN (SELECT value FROM json_each(?)), true)`, value: JSON.stringify(values) };
}

function patternOf(column: string, { any_of, is_prefix }: TextPattern): Part {
  const matches = is_prefix ? `substr(${column}, 1, length(value)) = value` : `${column} LIKE '%' || value || '%'`;
  return { sql: `EXISTS (SELECT 1 FROM json_each(?) WHERE ${matches})`, value: JSON.stringify(any_of) };
}
