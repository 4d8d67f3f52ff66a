import { chunksOf } from "../../../../shared/domain/chunksOf.ts";
import type { BarWrite, Reject, RejectReason } from "../../../../shared/ports/barStore.ts";
import type { Statement } from "../bulk.ts";

const CHUNK_REJECTS = 500;
const RAW_CHARACTERS = 2_000;

const INSERT_REJECTS = `INSERT INTO rejects (object_key, line, instrument, reason, detail, raw, ingested_at)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, ?2 FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`;

const COUNT_REJECTS = `INSERT INTO reject_counts (object_key, reason, instrument, total, kept, ingested_at)
  VALUES (?1, ?2, coalesce((SELECT instrument FROM bronze_objects WHERE key = ?1), ''), ?3, ?4, ?5)`;

/** The rejects of an object that are kept, and the counts of all of them by reason. */
export function rejectStatements({ object_key, rejects, reject_totals, ingested_at }: BarWrite): readonly Statement[] {
  const toReject = (reject: Reject) => [
    reject.object_key,
    reject.line,
    reject.instrument,
    reject.reason,
    reject.detail,
    reject.raw.slice(0, RAW_CHARACTERS),
  ];
  const kept = Map.groupBy(rejects, (reject) => reject.reason);
  const totals = reject_totals ?? Object.fromEntries([...kept].map(([reason, own]) => [reason, own.length]));
  const counts = Object.entries(totals).map(([reason, total]) => {
    return [object_key, reason, total, kept.get(reason as RejectReason)?.length ?? 0, ingested_at];
  });
  return [
    ...chunksOf(rejects, CHUNK_REJECTS).map((chunk) => ({ sql: INSERT_REJECTS, args: [JSON.stringify(chunk.map(toReject)), ingested_at] })),
    ...counts.map((args) => ({ sql: COUNT_REJECTS, args })),
  ];
}
