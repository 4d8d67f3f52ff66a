import type { NewsState } from "../../shared/contracts/predict.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { isWithinTtl } from "../../shared/features/isWithinTtl.ts";
import { fromOnlineRow } from "../../shared/features/onlineRow.ts";
import { knownAt } from "../../shared/features/pointInTimeJoin.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import type { FeatureRow, FeatureStore } from "../../shared/ports/featureStore.ts";
import type { OnlineRow, OnlineStore } from "../../shared/ports/onlineStore.ts";

/** The newest row of one instrument in each of a model's views, in their order: the market's first. */
export type ServedRows = readonly (FeatureRow | null)[];

/**
 * The rows from one online value. Where that has no market row of the model's schema, it is not what was materialized last, and where a
 * row of it is not known yet, the clock has gone back since: libSQL is asked for all of them; a row of another view that is missing alone
 * is taken as it is: there may be none, and /predict does not wait to make sure.
 */
export async function currentRows(
  { online, features }: { readonly online: Pick<OnlineStore, "read">; readonly features: FeatureStore },
  instrument: Instrument,
  views: readonly ViewSchema[],
  now: Instant,
): Promise<ServedRows> {
  const stored = await unlessUnreadable(instrument, () => online.read(instrument));
  const rows = views.map((view) => usable(stored?.[view.name], view));
  const [market] = rows;
  if (market && rows.every((row) => row === null || isKnown(row, now))) return rows;
  return rowsAt(features, instrument, views, now);
}

/** The rows as they were known at a moment, in the versions recorded by `recorded_until` (all, when absent), from libSQL. */
export function rowsAt(
  features: FeatureStore,
  instrument: Instrument,
  views: readonly ViewSchema[],
  as_of: Instant,
  recorded_until?: Instant,
): Promise<ServedRows> {
  return Promise.all(views.map((view) => features.latest(instrument, referenceOf(view), as_of, recorded_until)));
}

/** Whether the row, in this version of it, could be known by then. One that could not is as good as absent. */
export function isKnown(row: FeatureRow | null | undefined, at: Instant): row is FeatureRow {
  return row != null && knownAt(row) <= at;
}

/** What is to be said of a view in an answer. A row older than its TTL tells nothing of now. */
export function stateOf(row: FeatureRow | null, view: ViewSchema, at: Instant): Exclude<NewsState, "unused"> {
  if (row === null) return "missing";
  return isWithinTtl(row.event_time, at, view) ? "fresh" : "stale";
}

/** An online store that is down or holds something unreadable is as good as an empty one: libSQL has it all. */
export async function unlessUnreadable<Value>(key: string, read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    console.warn(`The online store gave nothing for ${key}; libSQL is asked.`, error);
    return null;
  }
}

function usable(row: OnlineRow | undefined, view: ViewSchema): FeatureRow | null {
  return row && row.schema_hash === view.schema_hash ? fromOnlineRow(row) : null;
}
