import type { StepContext } from "../../../shared/dag/step.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { toOnlineRow } from "../../../shared/features/onlineRow.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { materializedViews, modelViews } from "../../../shared/features/views.ts";
import type { OnlineRow } from "../../../shared/ports/onlineStore.ts";
import type { Ports } from "../ports.ts";

export interface MaterializedViews {
  readonly read: number;
  readonly written: number;
  readonly newest: Instant | null;
}

/**
 * Writes the newest row of every view to the online store; one that is older than what is there is left out. Each feature pipeline writes all
 * views: KV has no conditional put, so they can race on an instrument's one value. Each has read every view from libSQL first, so whichever
 * writes last loses nothing.
 * @returns rows found, how many of them were newer than the online store's, and the event time of the newest of the market
 */
export async function materializeViews(ports: Ports, { map_key, window }: StepContext): Promise<MaterializedViews> {
  const [market] = modelViews(ports.config);
  const views = materializedViews(ports.config);
  const rows: Record<string, OnlineRow> = {};
  const latest = await ports.features.latestOf(map_key, views.map(referenceOf), window.end);
  for (const [i, view] of views.entries()) {
    const row = latest[i];
    if (row) rows[view.name] = toOnlineRow(row, view.schema_hash);
  }
  const read = Object.keys(rows).length;
  const newest = rows[market?.name ?? ""]?.event_time ?? null;
  return { read, written: read === 0 ? 0 : await ports.online.write(map_key, rows, ports.clock.now()), newest };
}
