import { type Bar, barEnd } from "../../../shared/domain/bar.ts";
import { AppError } from "../../../shared/errors.ts";
import type { BarWrite, BarWriteResult, Reject } from "../../../shared/ports/barStore.ts";
import { chunksOf, type Statement } from "./bulk.ts";
import type { Database } from "./database.ts";
import { NEWS_VIEWS, REVISION_FACTS, raiseRevision } from "./inputRevision.ts";

/** Bars a statement: about 1 MB of JSON. */
const CHUNK_BARS = 5_000;
const CHUNK_REJECTS = 500;
const RAW_CHARACTERS = 2_000;

/** Prices of a bar's row, in the order of its JSON array behind instrument, granularity and start. */
const VALUE_COLUMNS = ["mid", "bid", "ask"].flatMap((side) => ["o", "h", "l", "c"].map((corner) => `${side}_${corner}`)).concat("volume");
const FIRST_VALUE = 4;
const LINE = FIRST_VALUE + VALUE_COLUMNS.length;

const CONFLICT_RAW = ["instrument", "granularity", "start"]
  .map((name, i) => `'${name}', new.value->>${i}`)
  .concat(VALUE_COLUMNS.map((name, i) => `'${name}', new.value->>${FIRST_VALUE + i}`))
  .join(", ");

const NEW_BARS = `FROM json_each(?) AS new WHERE NOT EXISTS
  (SELECT 1 FROM bars WHERE instrument = new.value->>0 AND granularity = new.value->>1 AND start = new.value->>2)`;

const FIRST_NEW = `SELECT min(new.value->>2) ${NEW_BARS}`;

// Rows are current up to built_until; a new bar that starts before it changes every row behind its start. News views see no bars.
const LOWER_PROGRESS = `UPDATE feature_progress SET built_until = late.start FROM (SELECT min(new.value->>2) AS start ${NEW_BARS}) AS late
  WHERE late.start IS NOT NULL AND built_until > late.start AND view NOT IN (${NEWS_VIEWS})`;

const RAISE_REVISION = raiseRevision(REVISION_FACTS.bars, `SELECT 1 ${NEW_BARS}`);

const INSERT_BARS = `INSERT INTO bars (instrument, granularity, start, event_time, available_at, ingested_at, object_key, ${VALUE_COLUMNS.join(", ")})
  SELECT value->>0, value->>1, value->>2, value->>3, value->>3, ?2, ?3, ${VALUE_COLUMNS.map((_, i) => `value->>${FIRST_VALUE + i}`).join(", ")}
  FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`;

// The line's own bar is in the reject, since the first bar of this start keeps its place. An object that is written again
// finds its rejects there, and counts them again.
const INSERT_CONFLICTS = `INSERT INTO rejects (object_key, line, instrument, reason, detail, raw, ingested_at)
  SELECT ?3, new.value->>${LINE}, old.instrument, 'duplicate_differs',
    'time: ' || strftime('%Y-%m-%dT%H:%M:%SZ', old.start / 1000, 'unixepoch') || ' stands with other values, from ' || old.object_key,
    json_object(${CONFLICT_RAW}), ?2
  FROM json_each(?1) AS new JOIN bars AS old ON old.instrument = new.value->>0 AND old.granularity = new.value->>1 AND old.start = new.value->>2
  WHERE ${VALUE_COLUMNS.map((column, i) => `old.${column} IS NOT new.value->>${FIRST_VALUE + i}`).join(" OR ")}
  ON CONFLICT (object_key, line) DO UPDATE SET reason = excluded.reason, detail = excluded.detail, raw = excluded.raw`;

const INSERT_REJECTS = `INSERT INTO rejects (object_key, line, instrument, reason, detail, raw, ingested_at)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, ?2 FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`;

/** The whole of one bronze object, in one transaction and one round trip. */
export async function writeBars(database: Database, write: BarWrite): Promise<BarWriteResult> {
  if (write.lines.length !== write.bars.length) {
    throw new AppError("internal", `${write.object_key}: ${write.bars.length} bars came with ${write.lines.length} line numbers`);
  }
  const chunks = chunksOf(
    write.bars.map((bar, i) => ({ bar, line: write.lines[i]! })),
    CHUNK_BARS,
  );
  const firsts = chunks.map((chunk) => JSON.stringify(chunk.map(({ bar }) => [bar.instrument, bar.granularity, bar.start])));
  const rows = chunks.map((chunk) => JSON.stringify(chunk.map(({ bar, line }) => toRow(bar, line))));
  // What is new is asked before it is inserted; conflicts are found after, so that two lines of one object collide too.
  const results = await database.$client.batch(
    [
      ...firsts.map((starts) => ({ sql: FIRST_NEW, args: [starts] })),
      ...firsts.map((starts) => ({ sql: LOWER_PROGRESS, args: [starts] })),
      ...firsts.map((starts) => ({ sql: RAISE_REVISION, args: [starts] })),
      ...rows.map((json) => ({ sql: INSERT_BARS, args: [json, write.ingested_at, write.object_key] })),
      ...rows.map((json) => ({ sql: INSERT_CONFLICTS, args: [json, write.ingested_at, write.object_key] })),
      ...rejectStatements(write),
      {
        sql: "UPDATE bronze_objects SET validated_at = ? WHERE key = ? AND validated_at IS NULL",
        args: [write.ingested_at, write.object_key],
      },
    ],
    "write",
  );
  const count = chunks.length;
  const affected = (from: number) => results.slice(from, from + count).reduce((sum, result) => sum + result.rowsAffected, 0);
  const inserted = affected(3 * count);
  const conflicts = affected(4 * count);
  const newStarts = results.slice(0, count).flatMap((result) => (typeof result.rows[0]?.[0] === "number" ? [result.rows[0][0]] : []));
  return {
    inserted,
    conflicts,
    unchanged: write.bars.length - inserted - conflicts,
    first_inserted: newStarts.length > 0 ? Math.min(...newStarts) : null,
  };
}

function toRow(bar: Bar, line: number): readonly (string | number | null)[] {
  const sides = [bar.mid, bar.bid, bar.ask].flatMap((side) => (side ? [side.o, side.h, side.l, side.c] : [null, null, null, null]));
  return [bar.instrument, bar.granularity, bar.start, barEnd(bar), ...sides, bar.volume, line];
}

function rejectStatements(write: BarWrite): readonly Statement[] {
  const toReject = (reject: Reject) => [
    reject.object_key,
    reject.line,
    reject.instrument,
    reject.reason,
    reject.detail,
    reject.raw.slice(0, RAW_CHARACTERS),
  ];
  return chunksOf(write.rejects, CHUNK_REJECTS).map((chunk) => ({
    sql: INSERT_REJECTS,
    args: [JSON.stringify(chunk.map(toReject)), write.ingested_at],
  }));
}
