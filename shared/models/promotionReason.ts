const PASSED = "passed its checks in ";

/** Why the gate of model_validation lets a version into Production: what the history of its stages has as the reason. */
export function promotionReason(run_id: string): string {
  return `${PASSED}${run_id}`;
}

/** True of a move that the gate made. */
export function isByGate({ to_stage, reason }: { readonly to_stage: string; readonly reason: string }): boolean {
  return to_stage === "Production" && reason.startsWith(PASSED);
}
