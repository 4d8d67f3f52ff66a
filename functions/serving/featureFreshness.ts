import type { OnlineState } from "../../shared/contracts/featureFreshness.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { openMarketMs } from "../../shared/domain/marketCalendar.ts";
import { isWithinTtl } from "../../shared/features/isWithinTtl.ts";
import { isPushed } from "../../shared/features/pushedViews.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import type { FeatureRow, FeatureStore } from "../../shared/ports/featureStore.ts";
import type { OnlineRow, OnlineRows, OnlineStore } from "../../shared/ports/onlineStore.ts";
import { unlessUnreadable } from "./currentRows.ts";

export interface FreshnessPorts {
  readonly features: Pick<FeatureStore, "latestOf">;
  readonly online: Pick<OnlineStore, "read" | "readPushed">;
}

/** The newest row of a view that is known by now, and what the online store has of it. */
export interface ViewFreshness {
  readonly view: ViewSchema;
  readonly event_time: Instant | null;
  readonly age_ms: number | null;
  readonly market_age_ms: number | null;
  /** Older than the view's time to live, or not there. */
  readonly is_stale: boolean;
  readonly online: { readonly state: OnlineState; readonly event_time: Instant | null };
}

/** Of each view, in their order. The offline store is asked once for all, and the online one once for those of pipelines and once for pushed ones. */
export async function featureFreshness(
  { features, online }: FreshnessPorts,
  instrument: Instrument,
  views: readonly ViewSchema[],
  now: Instant,
): Promise<readonly ViewFreshness[]> {
  const [stored, made, pushed] = await Promise.all([
    features.latestOf(instrument, views.map(referenceOf), now),
    unlessUnreadable(instrument, async () => (await online.read(instrument)) ?? {}),
    unlessUnreadable(instrument, async () => (await online.readPushed(instrument)) ?? {}),
  ]);
  return views.map((view, index) => freshnessOf(view, stored[index] ?? null, isPushed(view) ? pushed : made, now));
}

function freshnessOf(view: ViewSchema, row: FeatureRow | null, served: OnlineRows | null, now: Instant): ViewFreshness {
  const event_time = row?.event_time ?? null;
  return {
    view,
    event_time,
    age_ms: event_time === null ? null : now - event_time,
    market_age_ms: event_time === null ? null : openMarketMs(event_time, now),
    is_stale: event_time === null || !isWithinTtl(event_time, now, view),
    online: onlineOf(view, row, served),
  };
}

/** A row of another schema is of a model from before an upgrade, and is not the one that is stored now. */
function onlineOf(view: ViewSchema, row: FeatureRow | null, served: OnlineRows | null): ViewFreshness["online"] {
  if (served === null) return { state: "unreadable", event_time: null };
  const online = served[view.name];
  if (online === undefined) return { state: "absent", event_time: null };
  return { state: isCurrent(view, row, online) ? "current" : "behind", event_time: online.event_time };
}

function isCurrent({ schema_hash }: ViewSchema, row: FeatureRow | null, online: OnlineRow): boolean {
  if (online.schema_hash !== schema_hash) return false;
  if (row === null || online.event_time !== row.event_time) return row === null || online.event_time > row.event_time;
  return online.created_time >= row.created_time;
}
