import { type SQL, sql } from "drizzle-orm";
import type { Comparator, Condition, ConditionKind, Ordering } from "../../../../shared/mlflow/filter/condition.ts";
import { COMPARED } from "./metricPoints.ts";

/** Rows that belong to a thing and hold keys and values: its tags, for one. */
interface Children {
  /** The table AS c, and the condition that ties it to the thing. */
  readonly from: SQL;
  /** Which of several rows of a key an order goes by; absent: there is one at most. */
  readonly first?: SQL;
  /** Where the value of `key` stands. */
  value(key: string): string;
  /** False: the key is a column, and every row has it. */
  readonly by_key: boolean;
}

/** How the things of a search lie in the store. */
export interface SearchSource {
  /** Attributes as columns. */
  readonly columns: Readonly<Record<string, string>>;
  readonly children: Partial<Readonly<Record<ConditionKind, Children>>>;
}

export function childrenOf(table: string, tie: string, by_key = true): Children {
  return { from: sql.raw(`${table} AS c WHERE ${tie}`), value: by_key ? () => "c.value" : (key) => `c.${key}`, by_key };
}

/** Conditions as SQL, each value bound. */
export function conditionsSql(conditions: readonly Condition[], source: SearchSource): SQL {
  if (conditions.length === 0) return sql`true`;
  return sql.join(
    conditions.map((condition) => conditionSql(condition, source)),
    sql` AND `,
  );
}

function conditionSql({ kind, key, comparator, value }: Condition, { columns, children }: SearchSource): SQL {
  const column = columns[key];
  if (kind === "attribute") return comparison(column ?? "NULL", comparator, value);
  const rows = children[kind];
  if (!rows) return sql`false`;
  const own = rows.by_key ? sql`${rows.from} AND c.key = ${key}` : rows.from;
  if (comparator === "IS NULL") return sql`NOT EXISTS (SELECT 1 FROM ${own})`;
  if (comparator === "IS NOT NULL") return sql`EXISTS (SELECT 1 FROM ${own})`;
  const compared =
    kind === "metric" ? metricComparison(rows.value(key), comparator, value) : comparison(rows.value(key), comparator, value);
  return sql`EXISTS (SELECT 1 FROM ${own} AND ${compared})`;
}

/** Of NaN only != is true. */
function metricComparison(column: string, comparator: Comparator, value: Condition["value"]): SQL {
  const compared = sql`${COMPARED(column)} ${sql.raw(comparator)} ${value}`;
  return comparator === "!=" ? sql`(${sql.raw(column)} = 'NaN' OR ${compared})` : sql`(${compared})`;
}

function comparison(column: string, comparator: Comparator, value: Condition["value"]): SQL {
  const left = sql.raw(column);
  if (comparator === "LIKE") return sql`${left} GLOB ${globOf(String(value))}`;
  if (Array.isArray(value)) return sql`${left} ${sql.raw(comparator)} (SELECT value FROM json_each(${JSON.stringify(value)}))`;
  return sql`${left} ${sql.raw(comparator === "ILIKE" ? "LIKE" : comparator)} ${value}`;
}

/** MLflow's LIKE tells capitals from small letters, SQLite's does not, but its GLOB does. */
function globOf(pattern: string): string {
  return pattern.replaceAll(/[*?[]/g, "[$&]").replaceAll("%", "*").replaceAll("_", "?");
}

export interface SearchOrder {
  /** Columns to select, each as order_N. */
  readonly columns: readonly SQL[];
  readonly by: SQL;
}

/** What is missing comes last in either direction, NaN before it. `ties` is what decides among equals. */
export function orderSql(orders: readonly Ordering[], source: SearchSource, ties: readonly string[]): SearchOrder {
  const columns = orders.map((order, index) => sql`${orderValue(order, source)} AS ${sql.raw(`order_${index}`)}`);
  const terms = orders.flatMap(({ kind, is_descending }, index) => {
    const name = `order_${index}`;
    const direction = is_descending ? "DESC" : "ASC";
    if (kind !== "metric") return [sql.raw(`${name} IS NULL`), sql.raw(`${name} ${direction}`)];
    return [
      sql.raw(`CASE WHEN ${name} IS NULL THEN 2 WHEN ${name} = 'NaN' THEN 1 ELSE 0 END`),
      sql`${COMPARED(name)} ${sql.raw(direction)}`,
    ];
  });
  return { columns, by: sql.join([...terms, ...ties.map((tie) => sql.raw(tie))], sql`, `) };
}

function orderValue({ kind, key }: Ordering, { columns, children }: SearchSource): SQL {
  const rows = children[kind];
  if (!rows) return sql.raw(columns[key] ?? "NULL");
  return sql`(SELECT ${sql.raw(rows.value(key))} FROM ${rows.from} AND c.key = ${key} ${rows.first ?? sql``})`;
}
