import { type FreshnessAnswer, type RowFreshness, readFreshness } from "../../shared/contracts/featureFreshness.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { SECOND, toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import { isPushed } from "../../shared/features/pushedViews.ts";
import { storedViews } from "../../shared/features/views.ts";
import type { Ports } from "../pipelines/ports.ts";
import { featureFreshness, type ViewFreshness } from "../serving/featureFreshness.ts";
import type { KnownInstruments } from "./instruments.ts";

/** How old the newest rows are. Views that somebody pushes are told of where there are rows of them: nobody has to. */
export function featureFreshnessRoutes(ports: Ports, known: KnownInstruments): MountedRoute[] {
  const { config } = ports;
  const views = storedViews(config);
  return [
    handle(readFreshness, async ({ query: { instrument } }): Promise<FreshnessAnswer> => {
      if (instrument !== undefined) await known.require(instrument);
      const at = ports.clock.now();
      const wanted = instrument === undefined ? config.instruments : [instrument];
      const found = await Promise.all(
        wanted.map(async (name) => (await featureFreshness(ports, name, views, at)).map((one) => ({ name, one }))),
      );
      const told = found.flat().filter(({ one }) => one.event_time !== null || one.online.event_time !== null || !isPushed(one.view));
      const rows = told.map(({ name, one }) => viewOfFreshness(name, one));
      return { at: toIso(at), stale: rows.filter(({ is_stale }) => is_stale).length, rows };
    }),
  ];
}

function viewOfFreshness(instrument: string, { view, event_time, age_ms, market_age_ms, is_stale, online }: ViewFreshness): RowFreshness {
  return {
    view: view.name,
    instrument,
    event_time: toIsoOrNull(event_time),
    age_seconds: age_ms === null ? null : age_ms / SECOND,
    market_age_seconds: market_age_ms === null ? null : market_age_ms / SECOND,
    ttl_seconds: view.ttl_ms / SECOND,
    ttl_counts: view.market_hours ? "market_hours" : "wall_clock",
    is_stale,
    online: { state: online.state, event_time: toIsoOrNull(online.event_time) },
  };
}
