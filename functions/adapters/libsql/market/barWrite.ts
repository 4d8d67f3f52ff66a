import type { Bar } from "../../../../shared/domain/bar.ts";
import { chunksOf } from "../../../../shared/domain/chunksOf.ts";
import { counted } from "../../../../shared/domain/counted.ts";
import { GRANULARITY_MS } from "../../../../shared/domain/granularity.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { BarWrite, BarWriteResult } from "../../../../shared/ports/barStore.ts";
import { namedStatement, type Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import {
  COUNT_CONFLICTS,
  HAS_STORED,
  INSERT_BARS,
  INSERT_CONFLICTS,
  INSERT_MID_BARS,
  INSERTING,
  KEEP_VERSIONS,
  LOWER_PROGRESS_BEHIND,
  RAISE_REVISION,
  REPLACE_BARS,
  REPLACING,
} from "./barStatements.ts";
import { bronzeStatement } from "./bronzeManifest.ts";
import { rejectStatements } from "./rejectStatements.ts";

/** Bars a statement: about 0.5 MB of JSON. */
const CHUNK_BARS = 5_000;

/** A statement with what its result is good for. */
interface Part extends Statement {
  readonly role: "first" | "insert" | "replace" | "count_conflicts" | "conflict" | "other";
}

/** The whole of one bronze object, in one transaction. */
export async function writeBars(database: Database, write: BarWrite): Promise<BarWriteResult> {
  if (write.lines.length !== write.bars.length) {
    throw new AppError(
      "internal",
      `${write.object_key}: ${counted(write.bars.length, "bar")} came with ${write.lines.length} line numbers`,
    );
  }
  const args = write.replaces || write.bars.length > CHUNK_BARS ? null : newSpanOf(write);
  if (args === null || !(write.is_new_span ?? !(await hasStored(database, args)))) return send(database, write, partsOf(write));
  const first = await send(database, write, newSpanParts(write, args));
  if (first.inserted === write.bars.length) return { ...first, first_changed: Number(args["first"]) };
  // Another writer was in this span meanwhile: what it left out is looked at as always.
  const second = await send(database, write, partsOf(write));
  return { ...second, inserted: first.inserted + second.inserted, unchanged: second.unchanged - first.inserted };
}

async function send(database: Database, write: BarWrite, parts: readonly Part[]): Promise<BarWriteResult> {
  const results = await database.$client.batch([...parts], "write");
  const of = (role: Part["role"]) => results.filter((_, i) => parts[i]?.role === role);
  const affected = (role: Part["role"]) => of(role).reduce((sum, result) => sum + result.rowsAffected, 0);
  const rows = (role: Part["role"]) => of(role).flatMap((result) => result.rows);
  // Of an object with several statements each count is the sum so far.
  const conflicts = Math.max(0, ...rows("count_conflicts").map((row) => Number(row[0])));
  const [inserted, replaced] = [affected("insert"), affected("replace")];
  const firsts = rows("first").flatMap((row) => (typeof row[0] === "number" ? [row[0]] : []));
  return {
    inserted,
    replaced,
    conflicts,
    unchanged: write.bars.length - inserted - replaced - conflicts,
    first_conflicts: rows("conflict").map((row) => ({ line: Number(row[0]), reason: "duplicate_differs", detail: String(row[1]) })),
    first_changed: firsts.length > 0 ? Math.min(...firsts) : null,
  };
}

/** The arguments of bars that can only be new where none is stored in their span: of one series, ascending, so that none is there twice. */
function newSpanOf(write: BarWrite): Arguments | null {
  const { bars, lines } = write;
  const [first] = bars;
  const is_ascending = bars.every((bar, i) => i === 0 || bar.start > bars[i - 1]!.start);
  const is_one = bars.every((bar) => bar.instrument === first?.instrument && bar.granularity === first.granularity);
  if (first === undefined || !is_ascending || !is_one) return null;
  return argumentsOf(
    write,
    bars.map((bar, i) => ({ bar, line: lines[i]! })),
  );
}

async function hasStored(database: Database, args: Arguments): Promise<boolean> {
  const { rows } = await database.$client.execute(namedStatement(HAS_STORED, args));
  return Number(rows[0]?.[0]) === 1;
}

function newSpanParts(write: BarWrite, args: Arguments): readonly Part[] {
  const has_sides = write.bars.some(({ bid, ask }) => bid !== null || ask !== null);
  return around(write, [
    { role: "insert", ...namedStatement(has_sides ? INSERT_BARS : INSERT_MID_BARS, args) },
    other(namedStatement(RAISE_REVISION, args)),
    other(namedStatement(LOWER_PROGRESS_BEHIND, args)),
  ]);
}

/** What is new is asked before it is inserted; conflicts are found after, so that two lines of one object collide too. */
function partsOf(write: BarWrite): readonly Part[] {
  const series = Map.groupBy(
    write.bars.map((bar, i) => ({ bar, line: write.lines[i]! })),
    ({ bar }) => `${bar.instrument} ${bar.granularity}`,
  );
  return around(
    write,
    [...series.values()].flatMap((rows) => seriesParts(write, rows)),
  );
}

/** The statements of bars, with those of the object and its rejects. */
function around(write: BarWrite, bars: readonly Part[]): readonly Part[] {
  const { object_key, ingested_at, object } = write;
  return [
    ...(object ? [other(bronzeStatement(object))] : []),
    other({ sql: "DELETE FROM rejects WHERE object_key = ?", args: [object_key] }),
    other({ sql: "DELETE FROM reject_counts WHERE object_key = ?", args: [object_key] }),
    ...bars,
    ...rejectStatements(write).map(other),
    other({
      sql: "UPDATE bronze_objects SET validated_at = ? WHERE key = ? AND validated_at IS NULL",
      args: [ingested_at, object_key],
    }),
  ];
}

const other = (statement: Statement): Part => ({ role: "other", ...statement });

interface Line {
  readonly bar: Bar;
  readonly line: number;
}

/** The lines of one instrument and granularity. */
function seriesParts(write: BarWrite, lines: readonly Line[]): readonly Part[] {
  const { replaces = false, max_conflicts = Number.MAX_SAFE_INTEGER } = write;
  const chunks = chunksOf(lines, CHUNK_BARS).map((chunk) => argumentsOf(write, chunk));
  // Of two lines of one start the first is taken, and no line replaces another of its own object.
  const single = replaces ? chunksOf(firstOfEach(lines), CHUNK_BARS).map((chunk) => argumentsOf(write, chunk)) : chunks;
  const { first, lower_progress } = replaces ? REPLACING : INSERTING;
  const part = (role: Part["role"], sql: string, args: Arguments): Part => ({ role, ...namedStatement(sql, args) });
  const change = (args: Arguments): readonly Part[] => [
    part("first", first, args),
    part("other", lower_progress, args),
    ...(replaces ? [part("other", KEEP_VERSIONS, args), part("replace", REPLACE_BARS, args), part("other", RAISE_REVISION, args)] : []),
    part("insert", INSERT_BARS, args),
    part("other", RAISE_REVISION, args),
  ];
  const conflict = (args: Arguments): readonly Part[] => [
    part("count_conflicts", COUNT_CONFLICTS, { ...args, kept: max_conflicts }),
    part("conflict", INSERT_CONFLICTS, { ...args, kept: max_conflicts }),
  ];
  return [...single.flatMap(change), ...chunks.flatMap(conflict)];
}

type Arguments = Readonly<Record<string, string | number>>;

function argumentsOf({ object_key, ingested_at }: BarWrite, lines: readonly Line[]): Arguments {
  const { instrument, granularity } = lines[0]!.bar;
  const rows: (readonly (number | null)[])[] = [];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { bar, line } of lines) {
    rows.push(toRow(bar, line));
    first = Math.min(first, bar.start);
    last = Math.max(last, bar.start);
  }
  const length = GRANULARITY_MS[granularity];
  return {
    rows: JSON.stringify(rows),
    count: rows.length,
    instrument,
    granularity,
    length,
    first,
    last,
    object: object_key,
    now: ingested_at,
  };
}

/** See barStatements.ts. */
function toRow({ start, mid, bid, ask, volume }: Bar, line: number): readonly (number | null)[] {
  const row = [start, line, mid.o, mid.h, mid.l, mid.c, volume];
  if (bid === null && ask === null) return row;
  return row.concat([bid, ask].flatMap((side) => (side ? [side.o, side.h, side.l, side.c] : [null, null, null, null])));
}

function firstOfEach(lines: readonly Line[]): readonly Line[] {
  const seen = new Set<Instant>();
  return lines.filter(({ bar }) => !seen.has(bar.start) && seen.add(bar.start));
}
