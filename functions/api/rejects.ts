import { listRejects } from "../../shared/contracts/rejects.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso } from "../../shared/domain/instant.ts";
import type { BarStore } from "../../shared/ports/barStore.ts";

export function rejectRoutes(bars: Pick<BarStore, "rejects">): MountedRoute {
  return handle(listRejects, async ({ query: { instrument, reason, object, limit, offset } }) => {
    const { rejects, total_entries, counts } = await bars.rejects({
      ...(instrument === undefined ? {} : { instrument }),
      ...(reason === undefined ? {} : { reason }),
      ...(object === undefined ? {} : { object_key: object }),
      limit,
      offset,
    });
    const views = rejects.map((reject) => ({ ...reject, ingested_at: toIso(reject.ingested_at) }));
    return { rejects: views, total_entries, counts: [...counts] };
  });
}
