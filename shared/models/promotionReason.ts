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

/** Why a version that a client registered is let into Production: what was trained elsewhere, and all that can be looked at was sound. */
export const ADMITTED = "trained elsewhere, and admitted with its signature and its answers on the record";

/** True of a move that let a version in which was trained elsewhere. Clients choose no reason. */
export function isAdmission({ to_stage, reason, by }: { readonly to_stage: string; readonly reason: string; readonly by: Actor }): boolean {
  return to_stage === "Production" && by.kind === "mlflow" && reason === ADMITTED;
}
