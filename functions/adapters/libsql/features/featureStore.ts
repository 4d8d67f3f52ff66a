import { and, eq } from "drizzle-orm";
import { chunksOf } from "../../../../shared/domain/chunksOf.ts";
import { counted } from "../../../../shared/domain/counted.ts";
import type { Instant, TimeWindow } from "../../../../shared/domain/instant.ts";
import type { Instrument } from "../../../../shared/domain/instrument.ts";
import { AppError } from "../../../../shared/errors.ts";
import { viewSources } from "../../../../shared/features/views.ts";
import type { Clock } from "../../../../shared/ports/clock.ts";
import type { FeatureRow, FeatureStore, RegisteredFeature, RegisteredView } from "../../../../shared/ports/featureStore.ts";
import { MAX_CHUNK_BYTES, packVectors, type Statement, unpackVectors } from "../bulk.ts";
import { type Database, withStore } from "../database.ts";
import { createEffect } from "../effects.ts";
import { RECORD_TIME, turnRecordClock } from "../recordClock.ts";
import { featureViews } from "../schema/features.ts";
import { revisionFactOf } from "./inputRevision.ts";
import { latestRows, newestWithin } from "./latestRows.ts";
import { advance, advanceStatement, readProgress } from "./progress.ts";
import { createHistory } from "./readHistoryPage.ts";
import type { ViewKey } from "./viewKey.ts";

/** What a reader may see: what could be known by as_of, in the versions that were recorded by recorded_until. */
interface Known {
  readonly as_of: Instant;
  readonly recorded_until: Instant;
}
const ALL_RECORDED = Number.MAX_SAFE_INTEGER;

/** Rows a query: 2 MB of an answer with 80 features in base64, which stands in memory three times until it is read. */
const PAGE_ROWS = 2_000;
const MAX_CHUNK_ROWS = 5_000;

/** Rows of one width, ?6 bytes each, end to end in ?2; `times` are their three times, as SQL of an element of ?1. */
const newRows = ([event, created, available]: readonly [string, string, string]) =>
  `(SELECT ${event} AS event_time, ${created} AS created_time, ${available} AS available_at, substr(?2, key * ?6 + 1, ?6) AS vector
    FROM json_each(?1))`;

// Another content of a row is another version of it, and what was recorded stays. A row whose newest version has the same content is left
// alone, so that a repeated build keeps the time at which it was first recorded. The conflict is with a row that the same write holds
// twice: the last of them is meant.
const insertRows = (
  rows: string,
) => `INSERT INTO feature_rows (entity, view, schema_hash, event_time, created_time, available_at, recorded_at, vector)
  SELECT ?3, ?4, ?5, new.event_time, new.created_time, new.available_at, ${RECORD_TIME}, new.vector FROM ${rows} AS new
  WHERE NOT EXISTS (SELECT 1 FROM (SELECT available_at, vector FROM feature_rows WHERE entity = ?3 AND view = ?4 AND schema_hash = ?5
      AND event_time = new.event_time AND created_time = new.created_time ORDER BY recorded_at DESC LIMIT 1) AS old
    WHERE old.available_at = new.available_at AND old.vector = new.vector)
  ON CONFLICT (entity, view, schema_hash, event_time, created_time, recorded_at) DO UPDATE
  SET available_at = excluded.available_at, vector = excluded.vector`;

// Most rows could be known at the end of what they describe: their three times are one number, and SQLite reads an array of numbers in a
// third of the time that it takes for an array of arrays.
const INSERT_ROWS = insertRows(newRows(["value->>0", "value->>1", "value->>2"]));
const INSERT_PROMPT_ROWS = insertRows(newRows(["value", "value", "value"]));

// The bytes of all vectors, end to end. As text between, which SQLite takes as it is, whatever the bytes: over hex() it costs half as much again.
const VECTORS = "CAST(group_concat(vector, '') AS BLOB)";

// With max(), SQLite takes the other columns from the row that holds the maximum: the version recorded last of those that are known.
// The answer is one row: of thousands, each with a blob, the client would make six times the objects and the buffers that are kept of it.
const READ_ROWS = `SELECT json_group_array(event_time), json_group_array(created_time), json_group_array(available_at),
    json_group_array(length(vector)), ${VECTORS}
  FROM (SELECT event_time, created_time, available_at, vector, max(recorded_at) FROM feature_rows
    WHERE entity = ? AND view = ? AND schema_hash = ? AND (event_time, created_time) > (?, ?) AND event_time <= ?
      AND available_at <= ? AND created_time <= ? AND recorded_at <= ?
    GROUP BY event_time, created_time ORDER BY event_time, created_time LIMIT ${PAGE_ROWS})`;

// Of most rows the three times are one, and the differences are noughts.
const READ_HISTORY = `SELECT json_group_array(event_time), json_group_array(created_time - event_time),
    json_group_array(available_at - event_time), json_group_array(length(vector)), ${VECTORS},
    json_group_array(recorded_at)
  FROM (SELECT event_time, created_time, available_at, vector, recorded_at FROM feature_rows
    WHERE entity = ? AND view = ? AND schema_hash = ? AND (event_time, created_time, recorded_at) > (?, ?, ?) AND event_time <= ?
      AND available_at <= ? AND created_time <= ? AND recorded_at <= ?
    ORDER BY event_time, created_time, recorded_at LIMIT ${PAGE_ROWS})`;

const READ_EVENT_TIMES = `SELECT json_group_array(event_time) FROM (SELECT DISTINCT event_time FROM feature_rows
  WHERE entity = ? AND view = ? AND schema_hash = ? AND event_time > ? AND event_time <= ? AND recorded_at <= ? ORDER BY event_time)`;

const READ_EVENT_TIME_BEFORE = `SELECT DISTINCT event_time FROM feature_rows WHERE entity = ?1 AND view = ?2 AND schema_hash = ?3
  AND event_time <= ?4 AND available_at <= ?5 AND created_time <= ?5 AND recorded_at <= ?6
  ORDER BY event_time DESC LIMIT 1 OFFSET CAST(?7 AS INTEGER)`;

// Schema by schema, so that each minimum is read off the key.
const FIRST_ROW = `SELECT min(first) FROM (SELECT (SELECT min(event_time) FROM feature_rows
  WHERE entity = ?1 AND view = ?2 AND schema_hash = v.schema_hash) AS first FROM feature_views v WHERE v.view = ?2)`;

/** Feature rows and the registry of views in libSQL. `clock` gives recorded_at; `sources` says what the views are made of, by name. */
export function createFeatureStore(database: Database, clock: Clock, sources = viewSources()): FeatureStore {
  const factOf = ({ view }: ViewKey) => revisionFactOf(view, sources);
  return {
    register: registerOnce(database),
    view: (view, schema_hash) => withStore(() => findView(database, { view, schema_hash })),
    write: (instrument, view, rows) => withStore(() => writeRows(database, instrument, view, rows, clock.now())),
    prepareWrite: (instrument, view, rows) =>
      createEffect(
        database,
        `${counted(rows.length, "row")} of ${view.view} of ${instrument}`,
        rowStatements(instrument, view, rows, clock.now()),
      ),
    read: (instrument, view, window, as_of, recorded_until = ALL_RECORDED) =>
      withStore(() => readRows(database, instrument, view, window, { as_of, recorded_until })),
    history: (instrument, view, window, as_of, recorded_until = ALL_RECORDED) =>
      withStore(() => readHistory(database, instrument, view, window, { as_of, recorded_until })),
    eventTimeBefore: (instrument, view, rows, { until, as_of }, recorded_until = ALL_RECORDED) =>
      withStore(async () => {
        const args = [instrument, view.view, view.schema_hash, until, as_of, recorded_until, rows];
        const found = await database.$client.execute({ sql: READ_EVENT_TIME_BEFORE, args });
        return found.rows[0] ? Number(found.rows[0][0]) : null;
      }),
    eventTimes: (instrument, view, window, recorded_until = ALL_RECORDED) =>
      withStore(() => readEventTimes(database, instrument, view, window, recorded_until)),
    latest: (instrument, view, as_of, recorded_until = ALL_RECORDED) =>
      withStore(async () => (await latestRows(database, instrument, [view], [as_of], recorded_until))[0]![0]!),
    latestOf: (instrument, views, as_of) =>
      withStore(async () => (await latestRows(database, instrument, views, [as_of], ALL_RECORDED))[0]!),
    newestWithin: (instruments, views, events, as_of) => withStore(() => newestWithin(database, instruments, views, events, as_of)),
    latestOfEach: (instrument, views, moments) => withStore(() => latestRows(database, instrument, views, moments, ALL_RECORDED)),
    firstRow: (instrument, view) => withStore(() => firstRow(database, instrument, view)),
    progress: (instrument, view) => withStore(async () => (await readProgress(database, instrument, [view], factOf))[0]!),
    progressOf: (instrument, views) => withStore(() => readProgress(database, instrument, views, factOf)),
    advance: (instrument, view, since, built_until) =>
      withStore(() => advance(database, advanceStatement(instrument, view, factOf(view), since, built_until))),
    prepareAdvance: (instrument, view, since, built_until) =>
      createEffect(database, `progress of ${view.view} of ${instrument}`, [
        advanceStatement(instrument, view, factOf(view), since, built_until),
      ]),
  };
}

/** A view that this store has registered is there for good, so that it is told of no second time: each would be a transaction. */
function registerOnce(database: Database): FeatureStore["register"] {
  const registered = new Set<string>();
  return async (view) => {
    const key = `${view.view}@${view.schema_hash}`;
    if (registered.has(key)) return;
    await withStore(async () => void (await database.insert(featureViews).values(view).onConflictDoNothing()));
    registered.add(key);
  };
}

async function findView(database: Database, { view, schema_hash }: ViewKey): Promise<RegisteredView | null> {
  const [row] = await database
    .select()
    .from(featureViews)
    .where(and(eq(featureViews.view, view), eq(featureViews.schema_hash, schema_hash)));
  return row ? { ...row, features: row.features as readonly RegisteredFeature[] } : null;
}

async function writeRows(database: Database, instrument: Instrument, view: ViewKey, rows: readonly FeatureRow[], now: Instant) {
  const statements = rowStatements(instrument, view, rows, now);
  if (statements.length > 0) await database.$client.batch([...statements], "write");
}

function rowStatements(instrument: Instrument, view: ViewKey, rows: readonly FeatureRow[], now: Instant): readonly Statement[] {
  const width = rows[0]?.values.length ?? 0;
  const odd = rows.find((row) => row.values.length !== width);
  if (odd) {
    throw new AppError(
      "schema_mismatch",
      `${view.view}: rows of one view have ${width} and ${counted(odd.values.length, "value")}; all must have the same`,
    );
  }
  const chunk_rows = Math.max(1, Math.min(MAX_CHUNK_ROWS, Math.floor(MAX_CHUNK_BYTES / (8 * Math.max(1, width)))));
  const inserts = chunksOf(rows, chunk_rows).map((chunk) => {
    const { blob } = packVectors(chunk.map((row) => row.values));
    const is_prompt = chunk.every((row) => row.created_time === row.event_time && row.available_at === row.event_time);
    const times = chunk.map((row) => (is_prompt ? row.event_time : [row.event_time, row.created_time, row.available_at]));
    const sql = is_prompt ? INSERT_PROMPT_ROWS : INSERT_ROWS;
    return { sql, args: [JSON.stringify(times), blob, instrument, view.view, view.schema_hash, 8 * width] };
  });
  return inserts.length > 0 ? [turnRecordClock(now), ...inserts] : [];
}

/** Of each event the row of the newest created_time. */
async function readRows(database: Database, instrument: Instrument, view: ViewKey, window: TimeWindow, known: Known) {
  const read: FeatureRow[] = [];
  for (let after: readonly [Instant, Instant] = [window.start, ALL_RECORDED]; ; ) {
    const { rows } = await database.$client.execute({
      sql: READ_ROWS,
      args: [instrument, view.view, view.schema_hash, ...after, window.end, known.as_of, known.as_of, known.recorded_until],
    });
    const page = rowsOfPage(rows[0] as unknown as readonly unknown[]);
    for (const row of page) {
      if (read.at(-1)?.event_time === row.event_time) read.pop();
      read.push(row);
    }
    const last = read.at(-1);
    if (!last || page.length < PAGE_ROWS) return read;
    after = [last.event_time, last.created_time];
  }
}

/** Every version, in the order of the key. */
async function readHistory(database: Database, instrument: Instrument, view: ViewKey, window: TimeWindow, known: Known) {
  const history = createHistory();
  for (let after: readonly [Instant, Instant, Instant] = [window.start, ALL_RECORDED, ALL_RECORDED]; ; ) {
    const { rows } = await database.$client.execute({
      sql: READ_HISTORY,
      args: [instrument, view.view, view.schema_hash, ...after, window.end, known.as_of, known.as_of, known.recorded_until],
    });
    const answer = rows[0] as unknown as readonly unknown[];
    const last = history.add(answer);
    if (last === null || last.rows < PAGE_ROWS) return history.whole();
    after = [last.event_time, last.created_time, last.recorded_at];
  }
}

async function readEventTimes(database: Database, instrument: Instrument, view: ViewKey, window: TimeWindow, recorded_until: Instant) {
  const { rows } = await database.$client.execute({
    sql: READ_EVENT_TIMES,
    args: [instrument, view.view, view.schema_hash, window.start, window.end, recorded_until],
  });
  return Float64Array.from(JSON.parse(String(rows[0]?.[0])) as readonly number[]);
}

function rowsOfPage(page: readonly unknown[]): readonly FeatureRow[] {
  const [event, created, available, lengths] = [0, 1, 2, 3].map((column) => JSON.parse(String(page[column])) as readonly number[]);
  if (lengths!.length === 0) return [];
  return unpackVectors(page[4], lengths!).map((values, i) => ({
    event_time: event![i]!,
    created_time: created![i]!,
    available_at: available![i]!,
    values,
  }));
}

async function firstRow(database: Database, instrument: Instrument, view: string): Promise<Instant | null> {
  const { rows } = await database.$client.execute({ sql: FIRST_ROW, args: [instrument, view] });
  const first = rows[0]?.[0];
  return typeof first === "number" ? first : null;
}
