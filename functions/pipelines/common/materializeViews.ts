import type { StepContext } from "../../../shared/dag/step.ts";
import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import { toOnlineRow } from "../../../shared/features/onlineRow.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { materializedViews, modelViews } from "../../../shared/features/views.ts";
import type { OnlineRows } from "../../../shared/ports/onlineStore.ts";
import type { Ports } from "../ports.ts";
import { requireSound } from "./soundRows.ts";

/** Of a block: so long an interval by days leaves two hundred rows of each view to look at, of which one stays. */
export const MATERIALIZE_BLOCK_MS = 200 * DAY;

export interface MaterializedViews {
  readonly read: number;
  readonly written: number;
  readonly newest: Instant | null;
}

/**
 * Writes the newest row of every view to the online store; one that is older than what is there is left out. Each feature pipeline writes all
 * views: KV has no conditional put, so they can race on an instrument's one value. Each has read every view from libSQL first, so whichever
 * writes last loses nothing. Rows that are not sound are not served: whatever was stored before there were checks, or not by a build, throws.
 * @returns rows found, how many of them were newer than the online store's, and the event time of the newest of the market
 */
export async function materializeViews(ports: Ports, context: StepContext): Promise<MaterializedViews> {
  return (await materializeEach(ports, [context]))[0]!;
}

/** `materializeViews` of several intervals of one instrument, one after the other: what stays of them is put once. */
export async function materializeEach(ports: Ports, contexts: readonly StepContext[]): Promise<readonly MaterializedViews[]> {
  const [market] = modelViews(ports.config);
  const moments = await newestRows(ports, contexts);
  const has_rows = moments.some((rows) => Object.keys(rows).length > 0);
  const written = has_rows ? await ports.online.writeEach(contexts[0]!.map_key, moments, ports.clock.now()) : moments.map(() => 0);
  return moments.map((rows, index) => ({
    read: Object.keys(rows).length,
    written: written[index]!,
    newest: rows[market?.name ?? ""]?.event_time ?? null,
  }));
}

/** By view, what was known at the end of each interval; checked. */
async function newestRows(ports: Ports, contexts: readonly StepContext[]): Promise<readonly OnlineRows[]> {
  const views = materializedViews(ports.config);
  const ends = contexts.map(({ window }) => window.end);
  const instrument = contexts[0]!.map_key;
  const latest = await ports.features.latestOfEach(instrument, views.map(referenceOf), ends);
  return latest.map((rows) =>
    Object.fromEntries(
      views.flatMap((view, index) => {
        const row = rows[index];
        if (!row) return [];
        requireSound(instrument, view, [row], { expected: 1, before: null });
        return [[view.name, toOnlineRow(row, view.schema_hash)]];
      }),
    ),
  );
}
