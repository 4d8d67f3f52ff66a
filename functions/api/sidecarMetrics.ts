import { readMetricsOfSidecar } from "../../shared/contracts/metrics.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { EXPOSITION_TYPES } from "../../shared/exposition/exposeFamilies.ts";
import type { Ports } from "../pipelines/ports.ts";

/** GET /api/sidecar/metrics: the sidecar's own words, which it tells nobody without its token. */
export function sidecarMetricsRoutes({ trainer }: Pick<Ports, "trainer">): MountedRoute {
  return handle(readMetricsOfSidecar, async () => {
    const text = await trainer.metrics();
    return new Response(text, { headers: { "content-type": EXPOSITION_TYPES.text } });
  });
}
