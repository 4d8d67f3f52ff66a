import type { Instant } from "../../domain/instant.ts";

/** What a check found. */
export interface Violation {
  readonly check: "schema" | "row_count" | "duplicates" | "range" | "null_share";
  /** Null where it is about whole rows. */
  readonly feature: string | null;
  readonly problem: string;
  /** How many rows, and the first of them; a value that is null, or is about whole rows, is null. */
  readonly count: number;
  readonly rows: readonly { readonly event_time: Instant; readonly value: number | null }[];
}

/** Rows that a violation names. */
export const NAMED_ROWS = 5;
