import { BASE_GRANULARITY } from "../../shared/domain/granularity.ts";
import { type Instant, SECOND } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { barEndAfter } from "../../shared/domain/lateness.ts";
import type { ViewSchema } from "../../shared/features/viewSchema.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";
import { isKnown, rowsAt, type ServedRows, unlessUnreadable } from "./currentRows.ts";
import { withinTime } from "./withinTime.ts";

const ASK_EVERY_MS = SECOND;
/** An answer does not wait for libSQL for longer: the online row is there. */
const WAIT_MS = SECOND / 2;

/**
 * What was written to KV may be seen by other places of Cloudflare a minute later, and is in libSQL before it is in KV. So once the bar
 * after the online row has closed, libSQL is asked for a newer row: once a second an instrument, and not waited for for long. What it
 * gives stands until the online store has it too.
 */
export function createNewerRows(ports: { readonly clock: Clock; readonly features: FeatureStore }, views: readonly ViewSchema[]) {
  const found = new Map<Instrument, ServedRows>();
  const asked_at = new Map<Instrument, Instant>();

  function mayAsk(instrument: Instrument, now: Instant): boolean {
    const last = asked_at.get(instrument);
    // One that was asked after now was asked before the clock went back.
    if (last !== undefined && last <= now && now - last < ASK_EVERY_MS) return false;
    asked_at.set(instrument, now);
    return true;
  }

  return async function newerRows(instrument: Instrument, online: ServedRows): Promise<ServedRows> {
    const now = ports.clock.now();
    const rows = newerOf(online, found.get(instrument), now);
    const [market] = rows;
    if (!market || barEndAfter(market.event_time, BASE_GRANULARITY) > now || !mayAsk(instrument, now)) return rows;
    const latest = await unlessUnreadable(instrument, () => withinTime(rowsAt(ports.features, instrument, views, now), WAIT_MS));
    const newest = newerOf(rows, latest ?? undefined, now);
    found.set(instrument, newest);
    return newest;
  };
}

function newerOf(rows: ServedRows, other: ServedRows | undefined, now: Instant): ServedRows {
  const [market, newer] = [rows[0], other?.[0]];
  if (!other || !isKnown(newer, now)) return rows;
  return market && market.event_time >= newer.event_time ? rows : other;
}
