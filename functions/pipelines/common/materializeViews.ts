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
  const rows: Record<string, OnlineRow> = {};
  for (const view of materializedViews(ports.config)) {
    const latest = await ports.features.latest(map_key, referenceOf(view), window.end);
    if (latest) rows[view.name] = toOnlineRow(latest, view.schema_hash);
  }
  const read = Object.keys(rows).length;
  const newest = rows[market?.name ?? ""]?.event_time ?? null;
  return { read, written: read === 0 ? 0 : await ports.online.write(map_key, rows, ports.clock.now()), newest };
}
