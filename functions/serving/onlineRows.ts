import type { Instant } from "../../shared/domain/instant.ts";
import { instrumentSchema } from "../../shared/domain/instrument.ts";
import { toOnlineRow } from "../../shared/features/onlineRow.ts";
import { knownAt } from "../../shared/features/pointInTimeJoin.ts";
import { isPushed } from "../../shared/features/pushedViews.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import { earlierKey, type InstrumentRows, type WantedRows } from "../../shared/online/wantedRows.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";
import type { OnlineRow, OnlineRows, OnlineStore } from "../../shared/ports/onlineStore.ts";
import { unlessUnreadable } from "./currentRows.ts";
import { earlierRow } from "./earlierRow.ts";

export interface OnlineRowPorts {
  readonly online: Pick<OnlineStore, "read" | "readPushed">;
  readonly features: Pick<FeatureStore, "latestOf" | "eventTimeBefore" | "read">;
}

type NewestRows = InstrumentRows["newest"];

/**
 * The newest rows of each instrument in the views, known at `now`. The online store is read once an instrument for all views that pipelines
 * make, and once for all that are pushed, whatever their number. What it does not hold is not served, as with Feast; libSQL is asked where it
 * cannot be read, holds a row of another schema (of a model from before a formula changed), or one that is not known yet: the clock has gone
 * back. It has the earlier rows of lags on demand, too. A text that is no instrument has no rows, and nobody is asked.
 */
export function onlineRows(
  ports: OnlineRowPorts,
  instruments: readonly string[],
  wanted: WantedRows,
  now: Instant,
): Promise<readonly (InstrumentRows | null)[]> {
  const asked = new Map<string, Promise<InstrumentRows | null>>();
  return Promise.all(
    instruments.map((name) => {
      const rows = asked.get(name) ?? (isInstrument(name) ? rowsOf(ports, name, wanted, now) : Promise.resolve(null));
      asked.set(name, rows);
      return rows;
    }),
  );
}

async function rowsOf(ports: OnlineRowPorts, instrument: string, { views, earlier }: WantedRows, now: Instant): Promise<InstrumentRows> {
  const newest = await newestOf(ports, instrument, views, now);
  const found = await Promise.all(
    earlier.map(async (wanted) => {
      const last = newest.get(wanted.view);
      const row = last === undefined ? null : await earlierRow(ports, instrument, wanted.view, last.event_time, wanted.rows_back, now);
      return row === null ? [] : [[earlierKey(wanted), row.values] as const];
    }),
  );
  return { newest, earlier: new Map(found.flat()) };
}

async function newestOf(ports: OnlineRowPorts, instrument: string, views: readonly ViewSchema[], now: Instant): Promise<NewestRows> {
  const [made, pushed] = await Promise.all([
    views.some((view) => !isPushed(view)) ? storedOf(instrument, () => ports.online.read(instrument)) : null,
    views.some(isPushed) ? storedOf(instrument, () => ports.online.readPushed(instrument)) : null,
  ]);
  const found = views.map((view) => [view, usable(isPushed(view) ? pushed : made, view, now)] as const);
  const others = found.flatMap(([view, row]) => (row === "ask" ? [view] : []));
  const asked = others.length === 0 ? [] : await ports.features.latestOf(instrument, others.map(referenceOf), now);
  const newest = found.map(([view, row]) => {
    if (row !== "ask") return [view, row] as const;
    const recorded = asked[others.indexOf(view)];
    return [view, recorded ? toOnlineRow(recorded, view.schema_hash) : null] as const;
  });
  return new Map(newest.filter((one): one is [ViewSchema, OnlineRow] => one[1] !== null));
}

/** Null where the store cannot be read. */
function storedOf(instrument: string, read: () => Promise<OnlineRows | null>): Promise<OnlineRows | null> {
  return unlessUnreadable(instrument, async () => (await read()) ?? {});
}

function usable(stored: OnlineRows | null, view: ViewSchema, now: Instant): OnlineRow | "ask" | null {
  if (stored === null) return "ask";
  const row = stored[view.name];
  if (row === undefined) return null;
  return row.schema_hash === view.schema_hash && knownAt(row) <= now ? row : "ask";
}

function isInstrument(name: string): boolean {
  return instrumentSchema.safeParse(name).success;
}
