import type { StepContext } from "../../../shared/dag/step.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { toOnlineRow } from "../../../shared/features/onlineRow.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import { referenceOf, type ViewSchema } from "../../../shared/features/viewSchema.ts";
import type { OnlineRow } from "../../../shared/ports/onlineStore.ts";
import type { Ports } from "../ports.ts";
import { goldViewOf } from "./goldViewOf.ts";

export interface MaterializedViews {
  readonly read: number;
  readonly written: number;
  readonly newest: Instant | null;
}

/**
 * Writes the newest row of every view, of the market and of news, to the online store; one that is older than what is there is left out.
 * The market's and the news pipeline both write all views: KV has no conditional put, so the two can race on an instrument's one value. Each
 * has read every view from libSQL first, so whichever writes last loses nothing.
 * @returns rows found, how many of them were newer than the online store's, and the event time of the newest of gold
 */
export async function materializeViews(ports: Ports, { map_key, window }: StepContext): Promise<MaterializedViews> {
  const gold = goldViewOf(ports.config);
  const views: readonly ViewSchema[] = [...SILVER_VIEWS, gold, NEWS_FEATURES];
  const rows: Record<string, OnlineRow> = {};
  for (const view of views) {
    const latest = await ports.features.latest(map_key, referenceOf(view), window.end);
    if (latest) rows[view.name] = toOnlineRow(latest, view.schema_hash);
  }
  const read = Object.keys(rows).length;
  const newest = rows[gold.name]?.event_time ?? null;
  return { read, written: read === 0 ? 0 : await ports.online.write(map_key, rows, ports.clock.now()), newest };
}
