import { transitionStage } from "../../../shared/contracts/mlflow/modelVersions.ts";
import { handle, type MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { AppError } from "../../../shared/errors.ts";
import { isOfPipelines } from "../../../shared/mlflow/artifactUri.ts";
import { invalidParameter, permissionDenied } from "../../../shared/mlflow/mlflowErrors.ts";
import { isActiveStage, requireStage } from "../../../shared/mlflow/modelNames.ts";
import type { Actor } from "../../../shared/models/actor.ts";
import { isServedName, readModelName } from "../../../shared/models/modelName.ts";
import { whyNeverServed } from "../../../shared/models/pool.ts";
import { wasLetIn } from "../../../shared/models/productionTerms.ts";
import { ADMITTED } from "../../../shared/models/promotionReason.ts";
import { servedSource } from "../../../shared/models/servedSource.ts";
import type { RegistryVersion } from "../../../shared/ports/modelRegistry.ts";
import type { ModelStage } from "../../../shared/ports/tracking.ts";
import { moveByHand } from "../moveByHand.ts";
import { admitForeign } from "./admitForeign.ts";
import { clientActor } from "./clientActor.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { requireVersion } from "./requireModel.ts";
import { viewOfVersion } from "./viewOfModel.ts";

const REASON = "moved by an MLflow client";
const UNSERVABLE: ReadonlySet<string> = new Set(["invalid_model", "model_corrupt", "schema_mismatch", "promotion_refused"]);

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
 * Of a model that /predict is served by, only a version that was let into Production once may go there again, or one that was trained
 * elsewhere and is admitted (admitForeign); and the one that is there leaves it for another only. One version at a time is in Staging or
 * in Production.
 */
async function moveServed(options: MlflowRouteOptions, version: RegistryVersion, to_stage: ModelStage, by: Actor): Promise<void> {
  const { tracking, clock } = options;
  const { name, current_stage } = version;
  if (current_stage === to_stage) return;
  const never = to_stage === "Production" ? whyNeverServed(name) : null;
  if (never !== null) throw permissionDenied(`${name} cannot be in Production: ${never}.`);
  if (current_stage === "Production")
    throw permissionDenied(
      `${name}/${version.version} is what /predict is served by; it leaves Production when another version is promoted.`,
    );
  if (to_stage !== "Production") {
    await tracking.transition(name, version.version, to_stage, clock.now(), REASON, by);
    return;
  }
  const { source } = version;
  const move = { version: { ...version, source: servedSource({ name, version: version.version, source }) }, by };
  await asClientsAreTold(version, async () => moveByHand(options, { ...move, ...(await requirePromotable(options, version)) }));
}

/** What cannot be served is no fault that repeating mends, which is what clients do after a 5xx. */
async function asClientsAreTold({ name, version }: RegistryVersion, move: () => Promise<void>): Promise<void> {
  try {
    await move();
  } catch (error) {
    if (!(error instanceof AppError) || !UNSERVABLE.has(error.code)) throw error;
    throw invalidParameter(`${name}/${version} is not moved: ${error.message}`);
  }
}

/** Why it may be put in Production: it was there before, and is pinned as after any rollback, or was trained elsewhere and is admitted now. */
async function requirePromotable(options: MlflowRouteOptions, version: RegistryVersion): Promise<{ reason: string; pins: boolean }> {
  const { name } = version;
  if (wasLetIn(await options.tracking.transitions(name), version.version)) return { reason: REASON, pins: true };
  if (!isOfPipelines(version.source)) {
    await admitForeign(options, version);
    return { reason: ADMITTED, pins: false };
  }
  throw permissionDenied(
    `${name}/${version.version} has not passed the checks of model_validation, and only what has may serve: trigger model_validation with conf ${validationOf(version)}, which promotes what passes.`,
  );
}

function validationOf({ name, version }: RegistryVersion): string {
  const { instrument = "", horizon_bars = 1 } = readModelName(name) ?? {};
  return JSON.stringify({ versions: { [instrument]: version }, ...(horizon_bars === 1 ? {} : { horizon_bars }) });
}
