import { counted } from "../../domain/counted.ts";
import type { FeatureRow } from "../../ports/featureStore.ts";
import { featureListHash, type ViewSchema } from "../viewSchema.ts";
import { checkValues } from "./checkValues.ts";
import { NAMED_ROWS, type Violation } from "./violation.ts";

/** Counts of a check: of rows, of their values, and of those among them that are null. */
export interface Checked {
  readonly rows: number;
  readonly values: number;
  readonly nulls: number;
}

export interface RowsCheck extends Checked {
  readonly violations: readonly Violation[];
}

/** What is known of rows beside them. */
export interface RowFacts {
  /** How many there must be: one a bar or an hour that they are made of. */
  readonly expected: number;
  /** Rows that the history has before the first, which tells what is in warm-up. Null: nobody knows, and the share of nulls is not judged. */
  readonly before: number | null;
}

/**
 * Checks rows of one view that are to be written or served, ascending by event time: that the view's hash is that of its features and every
 * row has a value of each, how many rows there are, that none is there twice, that every value is in the range of its feature, and that no
 * feature is null more often than it may be.
 */
export function checkRows(view: ViewSchema, rows: readonly FeatureRow[], facts: RowFacts): RowsCheck {
  const shape = [...checkSchema(view, rows), ...checkCount(rows, facts), ...checkDuplicates(rows)];
  const values = rows.length * view.features.length;
  if (shape.some(({ check }) => check === "schema")) return { rows: rows.length, values, nulls: 0, violations: shape };
  const { nulls, violations } = checkValues(view, rows, facts.before);
  return { rows: rows.length, values, nulls, violations: [...shape, ...violations] };
}

/** A build of many intervals checks a view many times. */
const HASHES = new WeakMap<ViewSchema, string>();

function hashOf(view: ViewSchema): string {
  const hash = HASHES.get(view) ?? featureListHash(view.name, view.features);
  HASHES.set(view, hash);
  return hash;
}

function checkSchema(view: ViewSchema, rows: readonly FeatureRow[]): readonly Violation[] {
  const { features, schema_hash } = view;
  const hash = hashOf(view);
  const named =
    hash === schema_hash ? [] : [whole("schema", `its features have the hash ${hash}, and its rows are of ${schema_hash}`, rows)];
  const odd = rows.filter(({ values }) => values.length !== features.length);
  if (odd.length === 0) return named;
  return [
    ...named,
    whole("schema", `a row has ${counted(odd[0]!.values.length, "value")}, and the view ${counted(features.length, "feature")}`, odd),
  ];
}

function checkCount(rows: readonly FeatureRow[], { expected }: RowFacts): readonly Violation[] {
  return rows.length === expected ? [] : [whole("row_count", `there are ${counted(rows.length, "row")} where ${expected} must be`, [])];
}

/** One that is not after the row before it is there twice, or out of order. */
function checkDuplicates(rows: readonly FeatureRow[]): readonly Violation[] {
  const again = rows.filter(({ event_time }, index) => index > 0 && event_time <= rows[index - 1]!.event_time);
  return again.length === 0 ? [] : [whole("duplicates", "a row does not come after the one before it", again)];
}

function whole(check: Violation["check"], problem: string, rows: readonly FeatureRow[]): Violation {
  const named = rows.slice(0, NAMED_ROWS).map(({ event_time }) => ({ event_time, value: null }));
  return { check, feature: null, problem, count: rows.length, rows: named };
}
