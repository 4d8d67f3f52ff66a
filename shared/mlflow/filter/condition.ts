/** What a search of MLflow's can ask about a thing. */
export type ConditionKind = "attribute" | "metric" | "param" | "tag" | "dataset";

export type Comparator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "LIKE" | "ILIKE" | "IN" | "NOT IN" | "IS NULL" | "IS NOT NULL";

/** One clause of a filter, read and checked: all of a filter's hold together. */
export interface Condition {
  readonly kind: ConditionKind;
  /** An attribute by its own name, else the key as the user logged it. */
  readonly key: string;
  readonly comparator: Comparator;
  /** A list for IN and NOT IN, null for IS NULL and IS NOT NULL. */
  readonly value: string | number | readonly string[] | null;
}

/** One column of an order. */
export interface Ordering {
  readonly kind: ConditionKind;
  readonly key: string;
  readonly is_descending: boolean;
}
