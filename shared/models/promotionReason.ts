import type { Actor } from "./actor.ts";

const PASSED = "passed its checks in ";

/** Why the gate of model_validation lets a version into Production: what the history of its stages has as the reason. */
export function promotionReason(run_id: string): string {
  return `${PASSED}${run_id}`;
}

/** True of a move that the gate made: people write reasons, too, and any. */
export function isByGate({ to_stage, reason, by }: { readonly to_stage: string; readonly reason: string; readonly by: Actor }): boolean {
  return to_stage === "Production" && by.kind === "pipeline" && reason.startsWith(PASSED);
}
