import type { StageTransition } from "../ports/tracking.ts";
import { isAdmission, isByGate } from "./promotionReason.ts";

type Move = Pick<StageTransition, "version" | "to_stage" | "effective_at" | "reason" | "by">;

/**
 * True of a version that was let into Production once: by the gate, by a person, for whom the checks of its integrity stand, or as one that
 * was trained elsewhere.
 */
export function wasLetIn(moves: readonly Move[], version: string): boolean {
  return moves.some(
    (move) =>
      move.version === version && (isByGate(move) || isAdmission(move) || (move.to_stage === "Production" && move.by.kind === "person")),
  );
}

/** The version that was let in last before the one that is in Production came there; null: there was none. `moves` in the order of time. */
export function versionBefore(moves: readonly Move[], current: string): string | null {
  const came = moves.findLastIndex(({ version, to_stage }) => version === current && to_stage === "Production");
  const before = moves.slice(0, Math.max(came, 0)).filter(({ version, to_stage }) => to_stage === "Production" && version !== current);
  return before.findLast(({ version }) => wasLetIn(moves, version))?.version ?? null;
}
