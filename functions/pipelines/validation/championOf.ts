import type { StepContext } from "../../../shared/dag/step.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { holds, type Pin } from "../../../shared/models/pin.ts";
import { isByGate, promotionReason } from "../../../shared/models/promotionReason.ts";
import { modelAvailableAt } from "../../../shared/models/trainingDelay.ts";
import type { ModelVersion } from "../../../shared/ports/tracking.ts";
import type { Ports } from "../ports.ts";
import type { Staged } from "./checkReport.ts";

/**
 * The version that is in Production when the staged one could come there; null when none is. In a replay of the past that is the version
 * of then, and not the one that serves now. A run that does this again, after it promoted the version, finds the one from before.
 */
export async function championOf(
  ports: Pick<Ports, "tracking" | "clock">,
  { run_id, window }: Pick<StepContext, "run_id" | "window">,
  { name, version }: Pick<Staged, "name" | "version">,
): Promise<ModelVersion | null> {
  const champion = await ports.tracking.productionAt(name, await momentBefore(ports, { run_id, window }, { name, version }));
  return champion?.version === version ? null : champion;
}

/**
 * What keeps the staged version from Production: another that is pinned at the moment at which it could come there, or later on, where no
 * change of Production lies between and it would serve in place of the pinned one.
 */
export async function pinAgainst(
  ports: Pick<Ports, "tracking" | "clock">,
  context: Pick<StepContext, "run_id" | "window">,
  staged: Pick<Staged, "name" | "version">,
): Promise<Pin | null> {
  const at = await momentBefore(ports, context, staged);
  const then = await ports.tracking.pinAt(staged.name, at);
  if (holds(then, staged.version)) return then;
  const latest = await ports.tracking.pinAt(staged.name, Number.MAX_SAFE_INTEGER);
  if (!holds(latest, staged.version)) return null;
  const moves = await ports.tracking.transitions(staged.name);
  const ends_before = moves.some((move) => move.effective_at > at && [move.from_stage, move.to_stage].includes("Production"));
  return ends_before ? null : latest;
}

/** The last moment before the staged version came there, or could. */
async function momentBefore(
  ports: Pick<Ports, "tracking" | "clock">,
  { run_id, window }: Pick<StepContext, "run_id" | "window">,
  staged: Pick<Staged, "name" | "version">,
): Promise<Instant> {
  const made = await promotionOf(ports, run_id, staged);
  return made ? made.effective_at - 1 : modelAvailableAt(window.end, ports.clock.now());
}

/** The move to Production that this run made of the version before; undefined when it made none. */
export async function promotionOf(
  { tracking }: Pick<Ports, "tracking">,
  run_id: string,
  { name, version }: Pick<Staged, "name" | "version">,
) {
  const reason = promotionReason(run_id);
  return (await tracking.transitions(name)).find((move) => move.version === version && isByGate(move) && move.reason === reason);
}
