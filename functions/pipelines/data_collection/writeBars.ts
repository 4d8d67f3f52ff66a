import { FIRST_REJECTS, KEPT_REJECTS } from "../../../shared/contracts/candleImport.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import type { BronzeObject, Reject, RejectReason, RejectTotals } from "../../../shared/ports/barStore.ts";
import type { Ports } from "../ports.ts";
import { judgeLines } from "./judgeLines.ts";

export interface BarCounts {
  readonly inserted: number;
  readonly unchanged: number;
  readonly replaced: number;
  readonly rejected: number;
  readonly reasons: RejectTotals;
  /** Of each reason the first few. */
  readonly first_rejects: readonly Pick<Reject, "line" | "reason" | "detail">[];
}

/**
 * Parses one bronze object and stores its bars and rejects in one transaction, whether it was collected or imported. `now` bounds what
 * may be known. All rejects are counted, and the first ones of each reason are kept: of an object, and of all objects of one import.
 */
export async function writeBars(ports: Ports, object: BronzeObject, now: Instant): Promise<BarCounts> {
  const bytes = await ports.lake.get(object.key);
  if (!bytes) throw new AppError("not_found", `Bronze object ${object.key} is in the manifest but not in the lake.`);
  const { bars, lines, rejects } = await judgeLines(ports, object, new TextDecoder().decode(bytes), now);
  const kept = object.wishes ? await ports.bars.keptRejects(object.wishes.import_id, object.key) : {};
  const room = (reason: RejectReason) => Math.max(0, KEPT_REJECTS - (kept[reason] ?? 0));
  const result = await ports.bars.write({
    object_key: object.key,
    bars,
    lines,
    rejects: firstOfEach(rejects, room),
    reject_totals: totalsOf(rejects),
    max_conflicts: room("duplicate_differs"),
    replaces: object.wishes?.replaces ?? false,
    ingested_at: ports.clock.now(),
  });
  const { inserted, unchanged, replaced, conflicts, first_conflicts } = result;
  const reasons = { ...totalsOf(rejects), ...(conflicts > 0 ? { duplicate_differs: conflicts } : {}) };
  const first_rejects = [...firstOfEach(rejects, () => FIRST_REJECTS), ...first_conflicts.slice(0, FIRST_REJECTS)];
  return { inserted, unchanged, replaced, rejected: rejects.length + conflicts, reasons, first_rejects };
}

function totalsOf(rejects: readonly Reject[]): RejectTotals {
  const totals: Partial<Record<RejectReason, number>> = {};
  for (const { reason } of rejects) totals[reason] = (totals[reason] ?? 0) + 1;
  return totals;
}

/** The first rejects of each reason, as many as there is room for. */
function firstOfEach(rejects: readonly Reject[], room: (reason: RejectReason) => number): readonly Reject[] {
  const taken: Partial<Record<RejectReason, number>> = {};
  return rejects.filter(({ reason }) => {
    taken[reason] = (taken[reason] ?? 0) + 1;
    return taken[reason] <= room(reason);
  });
}
