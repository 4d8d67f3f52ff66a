import { pruneRoute } from "../../shared/contracts/prune.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { countOld } from "../retention/countOld.ts";
import { forgetOld } from "../retention/forgetOld.ts";
import type { RetentionPorts } from "../retention/retentionPorts.ts";
import { viewOfPruned } from "./viewOfPruned.ts";

export function pruneRoutes(ports: RetentionPorts): MountedRoute {
  const { retention } = ports.config;
  return handle(pruneRoute, async ({ body: { apply } }) => {
    const { kinds, more } = apply ? await forgetOld(ports) : { kinds: await countOld(ports), more: false };
    return { applied: apply, more, kinds: kinds.map((kind) => viewOfPruned(kind, retention)) };
  });
}
