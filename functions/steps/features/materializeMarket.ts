import type { FeatureView } from "../../../shared/features/featureView.ts";
import { toOnlineRow } from "../../../shared/features/onlineRow.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import type { OnlineRow } from "../../../shared/ports/onlineStore.ts";
import type { PipelineStep } from "../ports.ts";
import { goldViewOf } from "./goldViewOf.ts";

/** Writes the newest row of each market view to the online store; one that is older than what is there is left out. */
export const materializeMarket: PipelineStep = async (ports, context) => {
  const views: FeatureView[] = [...SILVER_VIEWS, goldViewOf(ports.config)];
  const rows: Record<string, OnlineRow> = {};
  for (const view of views) {
    const latest = await ports.features.latest(context.map_key, { view: view.name, schema_hash: view.schema_hash }, context.window.end);
    if (latest) rows[view.name] = toOnlineRow(latest, view.schema_hash);
  }
  const read = Object.keys(rows).length;
  if (read === 0) return { kind: "skipped", reason: `${context.map_key} has no feature row yet.` };
  return { kind: "success", report: { read, written: await ports.online.write(context.map_key, rows) } };
};
