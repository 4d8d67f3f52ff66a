import { SPIKE_NEIGHBOURS } from "../../../shared/bronze/findSpikes.ts";
import { FIRST_REJECTS, KEPT_REJECTS } from "../../../shared/contracts/candleImport.ts";
import type { Instant, TimeWindow } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import type { BarSurroundings, BronzeObject, Reject, RejectReason, RejectTotals } from "../../../shared/ports/barStore.ts";
import type { Ports } from "../ports.ts";
import { type JudgedLines, judgeLines, refuseSpikes, toRejects } from "./judgeLines.ts";

export interface BarCounts {
  readonly inserted: number;
  readonly unchanged: number;
  readonly replaced: number;
  readonly rejected: number;
  readonly reasons: RejectTotals;
  /** Of each reason the first few. */
  readonly first_rejects: readonly Pick<Reject, "line" | "reason" | "detail">[];
}

/** Makes bars and rejects of one object of the lake that stands in the manifest. `now` bounds what may be known. */
export async function writeBars(ports: Ports, object: BronzeObject, now: Instant): Promise<BarCounts> {
  const bytes = await ports.lake.get(object.key);
  if (!bytes) throw new AppError("not_found", `Bronze object ${object.key} is in the manifest but not in the lake.`);
  const judged = judgeLines(object, new TextDecoder().decode(bytes).split("\n"), now);
  return writeJudged(ports, object, judged, await surroundingsOf(ports, object, judged));
}

/**
 * What is known around the bars of an object, in one read. `follows`: the hash of another object of the same import, whose bars are waited
 * for.
 */
export function surroundingsOf(ports: Ports, object: BronzeObject, { bars }: JudgedLines, follows?: string): Promise<BarSurroundings> {
  const { key, instrument, granularity, wishes } = object;
  return ports.bars.surroundings({
    instrument,
    granularity,
    window: spanOf(bars.map((bar) => bar.start)),
    count: SPIKE_NEIGHBOURS,
    ...(wishes ? { import: { import_id: wishes.import_id, except_object: key, ...(follows === undefined ? {} : { follows }) } } : {}),
  });
}

/**
 * Stores bars and rejects of one object in one transaction, whether it was collected or imported. All rejects are counted, and the first ones
 * of each reason are kept: of an object, and of all objects of one import. `with_object` writes the object's row in the manifest as well.
 */
export async function writeJudged(
  ports: Ports,
  object: BronzeObject,
  judged: JudgedLines,
  { before, behind, has_stored, kept_rejects }: BarSurroundings,
  with_object = false,
): Promise<BarCounts> {
  const believed = object.wishes?.accepts_spikes ? judged : refuseSpikes(judged, [...before, ...behind], ports.config.spike_guard);
  const rejects = toRejects(object, believed);
  const room = (reason: RejectReason) => Math.max(0, KEPT_REJECTS - (kept_rejects[reason] ?? 0));
  const result = await ports.bars.write({
    object_key: object.key,
    ...(with_object ? { object } : {}),
    bars: believed.bars,
    lines: believed.lines,
    rejects: firstOfEach(rejects, room),
    reject_totals: totalsOf(rejects),
    max_conflicts: room("duplicate_differs"),
    is_new_span: has_stored === undefined,
    replaces: object.wishes?.replaces ?? false,
    ingested_at: ports.clock.now(),
  });
  const { inserted, unchanged, replaced, conflicts, first_conflicts } = result;
  const reasons = { ...totalsOf(rejects), ...(conflicts > 0 ? { duplicate_differs: conflicts } : {}) };
  const first_rejects = [...firstOfEach(rejects, () => FIRST_REJECTS), ...first_conflicts.slice(0, FIRST_REJECTS)];
  return { inserted, unchanged, replaced, rejected: rejects.length + conflicts, reasons, first_rejects };
}

/** From the first start to behind the last one; null when there is none. */
function spanOf(starts: readonly Instant[]): TimeWindow | null {
  if (starts.length === 0) return null;
  let [start, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const one of starts) {
    start = Math.min(start, one);
    last = Math.max(last, one);
  }
  return { start, end: last + 1 };
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
