import type { Instant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { toOnlineRow } from "../../shared/features/onlineRow.ts";
import { isPushed } from "../../shared/features/pushedViews.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { FeatureRow, FeatureStore } from "../../shared/ports/featureStore.ts";
import type { OnlineRow, OnlineRows, OnlineStore } from "../../shared/ports/onlineStore.ts";

export interface MaterializePorts {
  readonly clock: Clock;
  readonly features: Pick<FeatureStore, "newestWithin">;
  readonly online: Pick<OnlineStore, "writeAll" | "writePushed">;
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
 * not newer than what is served puts nothing there, and where one is not sound nothing is put at all.
 */
export async function materializeEvents(ports: MaterializePorts, events: MaterializedEvents): Promise<void> {
  const { instruments, views, from, to } = events;
  const now = ports.clock.now();
  const newest = await ports.features.newestWithin(instruments, views.map(referenceOf), { from, to }, now);
  const found = instruments.map((instrument, index) => [instrument, soundOf(instrument, newest[index]!, events)] as const);
  const made = found.flatMap(([instrument, rows]) => (isEmpty(rows.made) ? [] : [[instrument, rows.made] as const]));
  if (made.length > 0) await ports.online.writeAll(new Map(made), now);
  for (const [instrument, { pushed }] of found) if (!isEmpty(pushed)) await ports.online.writePushed(instrument, pushed, now);
}

/** What may be served of an instrument, of what pipelines make and of what is pushed. */
function soundOf(instrument: Instrument, rows: readonly (FeatureRow | null)[], { views, requireSound }: MaterializedEvents) {
  const [made, pushed]: [Record<string, OnlineRow>, Record<string, OnlineRow>] = [{}, {}];
  for (const [index, view] of views.entries()) {
    const row = rows[index];
    if (!row) continue;
    requireSound(instrument, view, row);
    (isPushed(view) ? pushed : made)[view.name] = toOnlineRow(row, view.schema_hash);
  }
  return { made, pushed };
}

function isEmpty(rows: OnlineRows): boolean {
  return Object.keys(rows).length === 0;
}
