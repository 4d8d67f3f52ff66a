import { type RegistryChangeView, readRegistryHistory } from "../../shared/contracts/registryHistory.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import { isServedName, presentModelName } from "../../shared/models/modelName.ts";
import type { MlflowStores } from "../../shared/ports/mlflowStores.ts";
import type { RegistryChange } from "../../shared/ports/registryHistory.ts";
import type { Ports } from "../pipelines/ports.ts";
import { unknownModel } from "./unknownModel.ts";

export function registryHistoryRoutes({ tracking, clock }: Ports, { registry }: Pick<MlflowStores, "registry">): MountedRoute[] {
  return [
    handle(readRegistryHistory, async ({ params, query: { at = clock.now(), recorded_until = null, limit, offset } }) => {
      const name = presentModelName(params.name);
      const query = { at, recorded_until, one_a_stage: isServedName(name), limit, offset };
      const { changes, stages, aliases, ...history } = await tracking.history(name, query);
      // The record of a model that was deleted is kept under another name, and this one may be another's now.
      if (history.total_entries === 0 && (await registry.model(name)) === null) throw unknownModel(name);
      return {
        name,
        at: toIso(at),
        recorded_until: toIsoOrNull(recorded_until),
        ...history,
        stages: [...stages],
        aliases: [...aliases],
        changes: changes.map(viewOf),
      };
    }),
  ];
}

function viewOf(change: RegistryChange): RegistryChangeView {
  return { ...change, effective_at: toIso(change.effective_at), recorded_at: toIso(change.recorded_at) };
}
