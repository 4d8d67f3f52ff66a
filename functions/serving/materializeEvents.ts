import type { Instant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { toOnlineRow } from "../../shared/features/onlineRow.ts";
import { PUSHES } from "../../shared/features/pushedViews.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { FeatureRow, FeatureStore } from "../../shared/ports/featureStore.ts";
import type { OnlineRow, OnlineStore } from "../../shared/ports/onlineStore.ts";

export interface MaterializePorts {
  readonly clock: Clock;
  readonly features: Pick<FeatureStore, "newestWithin">;
  readonly online: Pick<OnlineStore, "write" | "writePushed">;
}

/** Whose rows of which views, by the time of their events: from `from` to `to`, both inclusive. */
export interface MaterializedEvents {
  readonly instruments: readonly Instrument[];
  readonly views: readonly ViewSchema[];
  readonly from: Instant;
  readonly to: Instant;
  /** Throws for a row that may not be served. */
  requireSound(instrument: Instrument, view: ViewSchema, row: FeatureRow): void;
}

/**
 * Puts the newest row of each view online that lies within and is known by now, as each pipeline does for its own at its end. A row that is
 * not newer than what is served puts nothing there, and of an instrument with one that is not sound nothing is put.
 */
export async function materializeEvents(ports: MaterializePorts, events: MaterializedEvents): Promise<void> {
  const { instruments, views, from, to } = events;
  const now = ports.clock.now();
  const newest = await ports.features.newestWithin(instruments, views.map(referenceOf), { from, to }, now);
  await Promise.all(instruments.map((instrument, index) => put(ports, instrument, newest[index]!, events, now)));
}

async function put(
  { online }: MaterializePorts,
  instrument: Instrument,
  rows: readonly (FeatureRow | null)[],
  { views, requireSound }: MaterializedEvents,
  now: Instant,
): Promise<void> {
  const [made, pushed]: [Record<string, OnlineRow>, Record<string, OnlineRow>] = [{}, {}];
  for (const [index, view] of views.entries()) {
    const row = rows[index];
    if (!row) continue;
    requireSound(instrument, view, row);
    (view.source === PUSHES ? pushed : made)[view.name] = toOnlineRow(row, view.schema_hash);
  }
  if (Object.keys(made).length > 0) await online.write(instrument, made, now);
  if (Object.keys(pushed).length > 0) await online.writePushed(instrument, pushed, now);
}
