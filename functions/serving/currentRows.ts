import type { NewsState } from "../../shared/contracts/predict.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { fromOnlineRow } from "../../shared/features/onlineRow.ts";
import { isWithinTtl, knownAt } from "../../shared/features/pointInTimeJoin.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import type { FeatureRow, FeatureStore } from "../../shared/ports/featureStore.ts";
import type { OnlineRow, OnlineStore } from "../../shared/ports/onlineStore.ts";
import type { ServedViews } from "./servedModel.ts";

/** The newest rows of one instrument, of the market and of news. */
export interface ServedRows {
  readonly market: FeatureRow | null;
  readonly news: FeatureRow | null;
}

/**
 * Both rows from one online value. Where that has no market row of the present schema, it is not what was materialized last, and where a
 * row of it is not known yet, the clock has gone back since: libSQL is asked for both; a missing news row alone is taken as it is: there
 * may be no news, and /predict does not wait to make sure.
 */
export async function currentRows(
  { online, features }: { readonly online: OnlineStore; readonly features: FeatureStore },
  instrument: Instrument,
  views: ServedViews,
  now: Instant,
): Promise<ServedRows> {
  const rows = await unlessUnreadable(instrument, () => online.read(instrument));
  const market = usable(rows?.[views.market.name], views.market);
  const news = usable(rows?.[views.news.name], views.news);
  if (market && isKnown(market, now) && (news === null || isKnown(news, now))) return { market, news };
  return rowsAt(features, instrument, views, now);
}

/** Both rows as they were known at a moment, in the versions recorded by `recorded_until` (all, when absent), from libSQL. */
export async function rowsAt(
  features: FeatureStore,
  instrument: Instrument,
  views: ServedViews,
  as_of: Instant,
  recorded_until?: Instant,
): Promise<ServedRows> {
  const [market, news] = await Promise.all([
    features.latest(instrument, referenceOf(views.market), as_of, recorded_until),
    features.latest(instrument, referenceOf(views.news), as_of, recorded_until),
  ]);
  return { market, news };
}

/** Whether the row, in this version of it, could be known by then. One that could not is as good as absent. */
export function isKnown(row: FeatureRow | null, at: Instant): boolean {
  return row !== null && knownAt(row) <= at;
}

/** What is to be said of the news in an answer. A row older than its TTL tells nothing of now. */
export function newsStateOf(news: FeatureRow | null, view: ViewSchema, at: Instant): Exclude<NewsState, "unused"> {
  if (news === null) return "missing";
  return isWithinTtl(news.event_time, at, view) ? "fresh" : "stale";
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
