import type { Instant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { toOnlineRow } from "../../shared/features/onlineRow.ts";
import { PUSHES } from "../../shared/features/pushedViews.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";
import type { OnlineRows, OnlineStore } from "../../shared/ports/onlineStore.ts";

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
}

/**
 * Puts the newest row of each view online that lies within and is known by now, as each pipeline does for its own at its end. A row that is
 * not newer than what is served puts nothing there.
 */
export async function materializeEvents(ports: MaterializePorts, { instruments, views, from, to }: MaterializedEvents): Promise<void> {
  await Promise.all(
    instruments.map(async (instrument) => {
      const now = ports.clock.now();
      const rows = await ports.features.newestWithin(instrument, views.map(referenceOf), { from, to }, now);
      const found = views.flatMap((view, index) => (rows[index] ? [{ view, row: toOnlineRow(rows[index], view.schema_hash) }] : []));
      const ofSource = (is_pushed: boolean): OnlineRows =>
        Object.fromEntries(found.filter(({ view }) => (view.source === PUSHES) === is_pushed).map(({ view, row }) => [view.name, row]));
      const [made, pushed] = [ofSource(false), ofSource(true)];
      if (Object.keys(made).length > 0) await ports.online.write(instrument, made, now);
      if (Object.keys(pushed).length > 0) await ports.online.writePushed(instrument, pushed, now);
    }),
  );
}
