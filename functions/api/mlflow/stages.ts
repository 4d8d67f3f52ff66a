import { transitionStage } from "../../../shared/contracts/mlflow/modelVersions.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { invalidParameter, permissionDenied } from "../../../shared/mlflow/mlflowErrors.ts";
import { isActiveStage, requireStage } from "../../../shared/mlflow/modelNames.ts";
import type { Actor } from "../../../shared/models/actor.ts";
import { isServedName, readModelName } from "../../../shared/models/modelName.ts";
import { isByGate } from "../../../shared/models/promotionReason.ts";
import type { RegistryVersion } from "../../../shared/ports/modelRegistry.ts";
import type { ModelStage } from "../../../shared/ports/tracking.ts";
import { clientActor } from "./clientActor.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { requireVersion } from "./requireModel.ts";
import { viewOfVersion } from "./viewOfModel.ts";

const REASON = "moved by an MLflow client";

export function stageRoutes(options: MlflowRouteOptions): MountedRoute[] {
  const { registry, clock } = options;
  return [
    handle(transitionStage, async ({ body: { name, version: asked, stage, archive_existing_versions } }, context) => {
      const to_stage = requireStage(stage);
      if (archive_existing_versions && !isActiveStage(to_stage))
        throw invalidParameter(
          `Model version transition cannot archive existing model versions because '${to_stage}' is not an Active stage. Valid stages are Staging, Production.`,
        );
      const version = await requireVersion(registry, name, asked);
      const move = {
        name,
        version: version.version,
        to_stage,
        archives_others: archive_existing_versions,
        at: clock.now(),
        reason: REASON,
        by: clientActor(context),
      };
      if (isServedName(name)) await moveServed(options, version, to_stage, move.by);
      else await registry.moveVersion(move);
      return { model_version: viewOfVersion(await requireVersion(registry, name, asked)) };
    }),
  ];
}

/**
 * Of a model that /predict is served by, only a version that the gate has let into Production once may go there again, and the one that is
 * there leaves it for another only: what serves is what the gate let through. One version at a time is in Staging or in Production.
 */
async function moveServed(
  { tracking, online, clock }: MlflowRouteOptions,
  version: RegistryVersion,
  to_stage: ModelStage,
  by: Actor,
): Promise<void> {
  const { name, current_stage } = version;
  if (current_stage === to_stage) return;
  if (current_stage === "Production")
    throw permissionDenied(
      `${name}/${version.version} is what /predict is served by; it leaves Production when another version is promoted.`,
    );
  const moves = to_stage === "Production" ? await tracking.transitions(name) : [];
  if (to_stage === "Production" && !moves.some((move) => move.version === version.version && isByGate(move)))
    throw permissionDenied(
      `${name}/${version.version} has not passed the checks of model_validation, and only what has may serve: trigger model_validation with conf {"versions": {"${readModelName(name)?.instrument}": "${version.version}"}}, which promotes what passes.`,
    );
  const at = clock.now();
  const moved = await tracking.transition(name, version.version, to_stage, at, REASON, by);
  if (moved.current_stage === "Production")
    await online.writeProduction({ name, version: moved.version, run_id: moved.run_id, source: moved.source, promoted_at: at });
}
