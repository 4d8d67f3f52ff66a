import { type Instant, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { knownViews } from "../../shared/features/views.ts";
import type { Actor } from "../../shared/models/actor.ts";
import { holds } from "../../shared/models/pin.ts";
import type { ModelVersion, StageTransition } from "../../shared/ports/tracking.ts";
import { putInProduction } from "../pipelines/common/putInProduction.ts";
import type { Ports } from "../pipelines/ports.ts";
import { loadServedModel } from "../serving/servedModel.ts";

export interface MoveByHand {
  readonly version: Pick<ModelVersion, "name" | "version" | "source">;
  /** Keeps it there: model_validation promotes nothing else until somebody ends that. Without, what pins another version is ended. */
  readonly pins: boolean;
  readonly reason: string;
  readonly by: Actor;
}

/**
 * Puts a version that is allowed to serve in Production, whoever asks for it by whichever route: it is loaded first, since what could not be
 * served would take /predict down with it, and nothing is moved then.
 */
export async function moveByHand(ports: Ports, { version: { name, version, source }, pins, reason, by }: MoveByHand): Promise<void> {
  const at = ports.clock.now();
  requireTime(name, await ports.tracking.transitions(name), at);
  await loadServedModel(ports.lake, source, version, knownViews(ports.config), ports.onnx);
  // Before the move: between the two the gate is not to promote another.
  if (pins) await ports.tracking.pin(name, version, at, reason, by);
  else if (holds(await ports.tracking.pinAt(name, at), version)) await ports.tracking.pin(name, null, at, reason, by);
  await putInProduction(ports, { name, version, effective_at: at, reason, by });
}

/** A change that holds from later than now on would end what is put there now at once. */
function requireTime(name: string, moves: readonly StageTransition[], now: Instant): void {
  const later = moves.findLast(
    ({ from_stage, to_stage, effective_at }) => effective_at > now && [from_stage, to_stage].includes("Production"),
  );
  if (later === undefined) return;
  throw refusedByHand(
    `${name}/${later.version} moved from ${later.from_stage} to ${later.to_stage} at ${toIso(later.effective_at)}, which is later than the clock says now (${toIso(now)}). Try again then.`,
  );
}

export function refusedByHand(message: string): AppError {
  return new AppError("promotion_refused", message, { status: 409 });
}
