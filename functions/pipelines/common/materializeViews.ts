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
 * All views by either pipeline: an instrument has one online value that both read, merge and write back, and where one reads it before
 * the other has written, it still puts back what it found in libSQL and not what it found there.
 * @returns how many rows there are by now, how many of them were news to the online store, and the event time of the newest of gold
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
