import { invalidParameter } from "../mlflowErrors.ts";
import type { Ordering } from "./condition.ts";
import { readName } from "./readName.ts";
import type { SearchRules } from "./searchRules.ts";
import { tokenize } from "./tokenize.ts";

/** Reads MLflow's order: a name, and ASC or DESC. Throws INVALID_PARAMETER_VALUE with what is wrong. */
export function parseOrderBy(order_by: readonly string[], rules: SearchRules): readonly Ordering[] {
  const orders = order_by.map((clause) => parseClause(clause, rules));
  const names = orders.map(({ kind, key }) => `${kind} ${key}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return orders;
  throw invalidParameter(`\`order_by\` contains duplicate fields: ${twice}`);
}

function parseClause(clause: string, rules: SearchRules): Ordering {
  const [name, direction, ...rest] = tokenize(clause);
  const word = direction?.text.toUpperCase() ?? "ASC";
  if ((name?.type !== "word" && name?.type !== "name") || rest.length > 0 || (word !== "ASC" && word !== "DESC"))
    throw invalidParameter(`Invalid order_by clause '${clause}': a name was expected, and ASC or DESC behind it.`);
  const { kind, key } = readName(name.text, rules);
  return { kind, key: requireOrdered(kind, key, rules), is_descending: word === "DESC" };
}

function requireOrdered(kind: Ordering["kind"], key: string, { orders, ordered }: SearchRules): string {
  if (kind !== "attribute") {
    if (ordered.includes(kind)) return key;
    throw invalidParameter(`Invalid order_by entity: ${kind}`);
  }
  const own = Object.hasOwn(orders, key) ? orders[key] : undefined;
  if (own !== undefined) return own;
  throw invalidParameter(`Invalid order by key '${key}' specified. Valid keys are ${Object.keys(orders).join(", ")}`);
}
