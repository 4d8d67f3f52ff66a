/** Bounds of a number or a moment: of several that are given each holds. What has no value is in no range. */
export interface Range {
  readonly gte?: number;
  readonly gt?: number;
  readonly lte?: number;
  readonly lt?: number;
}

/** A text that holds one of these parts (any case; `%` and `_` as in SQL), or begins with one of them (this case). */
export interface TextPattern {
  readonly any_of: readonly string[];
  readonly is_prefix: boolean;
}

/** Which rows of a list are meant; each condition holds. `Field` names what its rows have. */
export interface Filter<Field extends string> {
  readonly ranges?: Partial<Readonly<Record<Field, Range>>>;
  /** Null: no value. An empty list: no row. */
  readonly one_of?: Partial<Readonly<Record<Field, readonly (string | number | null)[]>>>;
  /** Of none of these. */
  readonly none_of?: Partial<Readonly<Record<Field, readonly (string | number)[]>>>;
  readonly patterns?: Partial<Readonly<Record<Field, readonly TextPattern[]>>>;
}
