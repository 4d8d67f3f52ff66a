import { validateCandle } from "../../../shared/bronze/validateCandle.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import type { BronzeObject, Reject, RejectReason } from "../../../shared/ports/barStore.ts";
import type { Ports } from "../ports.ts";
import { parseJsonLine } from "./parseJsonLine.ts";

export interface BarCounts {
  readonly inserted: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly reasons: Readonly<Partial<Record<RejectReason, number>>>;
}

const MAX_RAW_CHARACTERS = 2_000;

/** Parses one bronze object and stores its bars and rejects in one transaction. `now` bounds what may be known. */
export async function writeBars(ports: Ports, object: BronzeObject, now: Instant): Promise<BarCounts> {
  const bytes = await ports.lake.get(object.key);
  if (!bytes) throw new AppError("not_found", `Bronze object ${object.key} is in the manifest but not in the lake.`);
  const parsed = parseLines(object, new TextDecoder().decode(bytes), now);
  const result = await ports.bars.write({ object_key: object.key, ...parsed, ingested_at: ports.clock.now() });
  const reasons: Partial<Record<RejectReason, number>> = {};
  for (const reject of parsed.rejects) reasons[reject.reason] = (reasons[reject.reason] ?? 0) + 1;
  if (result.conflicts > 0) reasons.duplicate_differs = (reasons.duplicate_differs ?? 0) + result.conflicts;
  return {
    inserted: result.inserted,
    unchanged: result.unchanged,
    rejected: parsed.rejects.length + result.conflicts,
    reasons,
  };
}

function parseLines(object: BronzeObject, text: string, now: Instant) {
  const bars: Bar[] = [];
  const lines: number[] = [];
  const rejects: Reject[] = [];
  text.split("\n").forEach((raw, index) => {
    if (raw.trim() === "") return;
    const outcome = validateCandle(parseJsonLine(raw), object, now);
    if ("reason" in outcome) {
      rejects.push({
        object_key: object.key,
        line: index + 1,
        instrument: object.instrument,
        ...outcome,
        raw: raw.slice(0, MAX_RAW_CHARACTERS),
      });
    } else {
      bars.push(outcome);
      lines.push(index + 1);
    }
  });
  return { bars, lines, rejects };
}
