import type { StepContext } from "../../../shared/dag/step.ts";
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
  const made = await promotionOf(ports, run_id, { name, version });
  const champion = await ports.tracking.productionAt(name, made ? made.effective_at - 1 : modelAvailableAt(window.end, ports.clock.now()));
  return champion?.version === version ? null : champion;
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
