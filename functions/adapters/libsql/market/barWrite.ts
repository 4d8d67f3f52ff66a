import { type Bar, barEnd } from "../../../../shared/domain/bar.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { BarWrite, BarWriteResult, Reject, RejectReason } from "../../../../shared/ports/barStore.ts";
import { chunksOf, type Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import {
  COUNT_CONFLICTS,
  INSERT_BARS,
  INSERT_CONFLICTS,
  INSERT_REJECTS,
  INSERTING,
  KEEP_VERSIONS,
  REPLACE_BARS,
  REPLACING,
} from "./barStatements.ts";

/** Bars a statement: about 1 MB of JSON. */
const CHUNK_BARS = 5_000;
const CHUNK_REJECTS = 500;
const RAW_CHARACTERS = 2_000;

/** A statement with what its result is good for. */
interface Part extends Statement {
  readonly role: "first" | "insert" | "replace" | "count_conflicts" | "conflict" | "other";
}

/** The whole of one bronze object, in one transaction and one round trip. */
export async function writeBars(database: Database, write: BarWrite): Promise<BarWriteResult> {
  if (write.lines.length !== write.bars.length) {
    throw new AppError("internal", `${write.object_key}: ${write.bars.length} bars came with ${write.lines.length} line numbers`);
  }
  const parts = partsOf(write);
  const results = await database.$client.batch([...parts], "write");
  const of = (role: Part["role"]) => results.filter((_, i) => parts[i]?.role === role);
  const affected = (role: Part["role"]) => of(role).reduce((sum, result) => sum + result.rowsAffected, 0);
  const rows = (role: Part["role"]) => of(role).flatMap((result) => result.rows);
  // Of an object with several statements each count is the sum so far.
  const conflicts = Math.max(0, ...rows("count_conflicts").map((row) => Number(row[0])));
  const firsts = rows("first").flatMap((row) => (typeof row[0] === "number" ? [row[0]] : []));
  const [inserted, replaced] = [affected("insert"), affected("replace")];
  return {
    inserted,
    replaced,
    conflicts,
    unchanged: write.bars.length - inserted - replaced - conflicts,
    first_conflicts: rows("conflict").map((row) => ({ line: Number(row[0]), reason: "duplicate_differs", detail: String(row[1]) })),
    first_changed: firsts.length > 0 ? Math.min(...firsts) : null,
  };
}

/** What is new is asked before it is inserted; conflicts are found after, so that two lines of one object collide too. */
function partsOf(write: BarWrite): readonly Part[] {
  const { object_key, ingested_at, replaces = false, max_conflicts = Number.MAX_SAFE_INTEGER } = write;
  const all = write.bars.map((bar, i) => toRow(bar, write.lines[i]!));
  const chunks = chunksOf(all, CHUNK_BARS).map((chunk) => JSON.stringify(chunk));
  // Of two lines of one start the first is taken, and no line replaces another of its own object.
  const single = replaces ? chunksOf(firstOfEach(all), CHUNK_BARS).map((chunk) => JSON.stringify(chunk)) : chunks;
  const { first, lower_progress, raise_revision } = replaces ? REPLACING : INSERTING;
  const each = (rows: readonly string[], role: Part["role"], sql: string, ...args: (string | number)[]): Part[] =>
    rows.map((json) => ({ role, sql, args: [json, ...args] }));
  return [
    { role: "other", sql: "DELETE FROM rejects WHERE object_key = ?", args: [object_key] },
    { role: "other", sql: "DELETE FROM reject_counts WHERE object_key = ?", args: [object_key] },
    ...each(single, "first", first),
    ...each(single, "other", lower_progress),
    ...each(single, "other", raise_revision),
    ...(replaces ? each(single, "other", KEEP_VERSIONS, ingested_at, object_key) : []),
    ...(replaces ? each(single, "replace", REPLACE_BARS, ingested_at, object_key) : []),
    ...each(single, "insert", INSERT_BARS, ingested_at, object_key),
    ...each(chunks, "count_conflicts", COUNT_CONFLICTS, ingested_at, object_key, max_conflicts),
    ...each(chunks, "conflict", INSERT_CONFLICTS, ingested_at, object_key, max_conflicts),
    ...rejectParts(write),
    {
      role: "other",
      sql: "UPDATE bronze_objects SET validated_at = ? WHERE key = ? AND validated_at IS NULL",
      args: [ingested_at, object_key],
    },
  ];
}

type BarRow = readonly (string | number | null)[];

function toRow(bar: Bar, line: number): BarRow {
  const sides = [bar.mid, bar.bid, bar.ask].flatMap((side) => (side ? [side.o, side.h, side.l, side.c] : [null, null, null, null]));
  return [bar.instrument, bar.granularity, bar.start, barEnd(bar), ...sides, bar.volume, line];
}

function firstOfEach(rows: readonly BarRow[]): readonly BarRow[] {
  const seen = new Set<string>();
  return rows.filter(([instrument, granularity, start]) => {
    const key = `${instrument} ${granularity} ${start}`;
    return !seen.has(key) && seen.add(key);
  });
}

const COUNT_REJECTS = `INSERT INTO reject_counts (object_key, reason, instrument, total, kept, ingested_at)
  VALUES (?1, ?2, coalesce((SELECT instrument FROM bronze_objects WHERE key = ?1), ''), ?3, ?4, ?5)`;

function rejectParts({ object_key, rejects, reject_totals, ingested_at }: BarWrite): readonly Part[] {
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
    ...chunksOf(rejects, CHUNK_REJECTS).map(
      (chunk): Part => ({ role: "other", sql: INSERT_REJECTS, args: [JSON.stringify(chunk.map(toReject)), ingested_at] }),
    ),
    ...counts.map((args): Part => ({ role: "other", sql: COUNT_REJECTS, args })),
  ];
}
