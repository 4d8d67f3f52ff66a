import { moveProduction, type ProductionAnswer, type ProductionRequest } from "../../shared/contracts/production.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { type Instant, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { type KnownViews, knownViews } from "../../shared/features/views.ts";
import { isServedName, presentModelName } from "../../shared/models/modelName.ts";
import { whyNeverServed } from "../../shared/models/pool.ts";
import { versionBefore, wasLetIn } from "../../shared/models/productionTerms.ts";
import type { ModelVersion, StageTransition } from "../../shared/ports/tracking.ts";
import { whyNotByHand } from "../../shared/validation/promotableByHand.ts";
import { putInProduction } from "../pipelines/common/putInProduction.ts";
import type { Ports } from "../pipelines/ports.ts";
import { loadServedModel } from "../serving/servedModel.ts";
import { unknownModel } from "./unknownModel.ts";

export function productionRoutes(ports: Ports): MountedRoute[] {
  const views = knownViews(ports.config);
  return [
    handle(moveProduction, ({ params, body }) => {
      const name = presentModelName(params.name);
      // Nothing is served by models of other names: their stages are moved by MLflow's routes.
      if (!isServedName(name)) throw unknownModel(name);
      const never = whyNeverServed(name);
      if (never !== null) throw refused(`${name} cannot be promoted: ${never}.`);
      return move(ports, views, name, body);
    }),
  ];
}

async function move(ports: Ports, views: KnownViews, name: string, asked: ProductionRequest): Promise<ProductionAnswer> {
  const at = ports.clock.now();
  const [versions, moves] = await Promise.all([ports.tracking.versions(name), ports.tracking.transitions(name)]);
  if (versions.length === 0) throw unknownModel(name);
  const current = await ports.tracking.productionAt(name, Number.MAX_SAFE_INTEGER);
  const wanted = asked.version ?? (current && versionBefore(moves, current.version));
  if (wanted === null) throw refused(`${name} has no version that was in Production before: name one.`);
  const version = versions.find((one) => one.version === wanted);
  if (version === undefined) throw unknownVersion(name, wanted);
  requireAllowed(asked.action, version, moves);
  requireTime(name, moves, at);
  // What could not be served would take /predict down with it.
  await loadServedModel(ports.lake, version.source, version.version, views, ports.onnx);
  const is_there = current?.version === version.version;
  const by = { kind: "person", name: asked.by } as const;
  await putInProduction(ports, { name, version: version.version, effective_at: at, reason: `${asked.action}: ${asked.reason}`, by });
  const came = is_there ? moves.findLast((one) => one.version === version.version && one.to_stage === "Production") : undefined;
  return {
    name,
    version: version.version,
    replaced: is_there ? null : (current?.version ?? null),
    effective_at: toIso(came?.effective_at ?? at),
  };
}

function requireAllowed(
  action: ProductionRequest["action"],
  { name, version, tags }: ModelVersion,
  moves: readonly StageTransition[],
): void {
  if (action === "rollback") {
    if (wasLetIn(moves, version)) return;
    throw refused(`${name}/${version} was not let into Production before: a rollback goes to a version that was. Promote it.`);
  }
  const why = whyNotByHand(tags);
  if (why === null) return;
  throw refused(
    `${name}/${version} ${why}. Only a version that has passed every check of its integrity can be promoted; no reason replaces one.`,
  );
}

/** A change that holds from later than now on would end what is put there now at once. */
function requireTime(name: string, moves: readonly StageTransition[], now: Instant): void {
  const later = moves.findLast(
    ({ from_stage, to_stage, effective_at }) => effective_at > now && [from_stage, to_stage].includes("Production"),
  );
  if (later === undefined) return;
  throw refused(
    `${name}/${later.version} moved from ${later.from_stage} to ${later.to_stage} at ${toIso(later.effective_at)}, which is later than the clock says now (${toIso(now)}). Try again then.`,
  );
}

function refused(message: string): AppError {
  return new AppError("promotion_refused", message, { status: 409 });
}

function unknownVersion(name: string, version: string): AppError {
  return new AppError("not_found", `version: ${name} has no version ${version}.`, { status: 404, details: { field: "version" } });
}
