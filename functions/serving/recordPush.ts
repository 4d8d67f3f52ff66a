import type { Instrument } from "../../shared/domain/instrument.ts";
import { toOnlineRow } from "../../shared/features/onlineRow.ts";
import type { PushedView } from "../../shared/features/pushedViews.ts";
import { referenceOf, toRegisteredView } from "../../shared/features/viewSchema.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { FeatureRow, FeatureStore } from "../../shared/ports/featureStore.ts";
import type { OnlineStore } from "../../shared/ports/onlineStore.ts";

export interface PushPorts {
  readonly clock: Clock;
  readonly features: Pick<FeatureStore, "register" | "write" | "latestOf">;
  readonly online: Pick<OnlineStore, "writePushed">;
}

export interface Pushed {
  readonly view: PushedView;
  readonly rows: ReadonlyMap<Instrument, readonly FeatureRow[]>;
}

/**
 * Records the rows, every version of them, and then serves the newest of what is recorded: what a push has brought is never lost, and can be
 * asked for as of any moment since. A row that is late is recorded and takes no newer one's place.
 * @returns how many rows are older, by event and then by creation, than what was recorded of their instrument before
 */
export async function recordPush(
  ports: PushPorts,
  { view, rows }: Pushed,
  views: readonly PushedView[],
  is_served: boolean,
): Promise<number> {
  await ports.features.register(toRegisteredView(view));
  let late = 0;
  for (const [instrument, own] of rows) {
    const [newest] = await ports.features.latestOf(instrument, [referenceOf(view)], ports.clock.now());
    late += newest ? own.filter((row) => isBefore(row, newest)).length : 0;
    await ports.features.write(instrument, referenceOf(view), own);
    if (is_served) await servePushed(ports, instrument, views);
  }
  return late;
}

/**
 * Puts the newest recorded rows of all pushed views online. KV has no conditional put: of two pushes at once, the one that puts last may have
 * read before the other recorded. So each looks at the record again after its put, and puts again what came meanwhile: whichever is last sees
 * all that was recorded before.
 */
export async function servePushed({ clock, features, online }: PushPorts, instrument: Instrument, views: readonly PushedView[]) {
  let put = "";
  for (;;) {
    // By the clock of each look: what another push has recorded since is not known at the time of the first.
    const now = clock.now();
    const newest = await features.latestOf(instrument, views.map(referenceOf), now);
    const rows = Object.fromEntries(
      views.flatMap((view, index) => (newest[index] ? [[view.name, toOnlineRow(newest[index], view.schema_hash)]] : [])),
    );
    const text = JSON.stringify(rows);
    if (text === put) return;
    await online.writePushed(instrument, rows, now);
    put = text;
  }
}

function isBefore(row: FeatureRow, other: FeatureRow): boolean {
  return row.event_time < other.event_time || (row.event_time === other.event_time && row.created_time < other.created_time);
}
