import { type Instant, SECOND, toIso } from "../domain/instant.ts";
import type { ViewSchema } from "../features/viewSchema.ts";
import type { OnlineRow } from "../ports/onlineStore.ts";
import { type FeatureStatus, type OnlineTtlMode, statusOfRow } from "./featureStatus.ts";
import { jsonDouble } from "./jsonDouble.ts";
import type { InstrumentRows } from "./wantedRows.ts";

/** What all values of one row of a view have in common. */
export interface RowFacts {
  /** Null: there is none. */
  readonly row: OnlineRow | null;
  readonly status: FeatureStatus;
  /** Of the row as JSON. */
  readonly time: string;
  readonly age: string;
}

/** As JSON, of what has no time. */
const NO_TIME = '"1970-01-01T00:00:00Z"';
export const NO_ROW: RowFacts = { row: null, status: "NOT_FOUND", time: NO_TIME, age: "null" };
/** What is there without a row. */
export const OF_QUESTION: RowFacts = { ...NO_ROW, status: "PRESENT" };

/** By view, of each row of a question. */
export type FactsOfViews = ReadonlyMap<ViewSchema, readonly RowFacts[]>;

/** `rows`: of each instrument that was asked about, in that order, what is known of it; null: nothing. */
export function factsOfViews(
  rows: readonly (InstrumentRows | null)[],
  views: readonly ViewSchema[],
  now: Instant,
  ttl: OnlineTtlMode,
): FactsOfViews {
  return new Map(views.map((view) => [view, rows.map((row) => factsOf(row?.newest.get(view), view, now, ttl))] as const));
}

function factsOf(row: OnlineRow | undefined, view: ViewSchema, now: Instant, ttl: OnlineTtlMode): RowFacts {
  if (row === undefined) return NO_ROW;
  const { event_time } = row;
  return { row, status: statusOfRow(row, view, now, ttl), time: `"${toIso(event_time)}"`, age: jsonDouble((now - event_time) / SECOND) };
}
