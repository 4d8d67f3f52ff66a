import { and, desc, eq, lte } from "drizzle-orm";
import type { Instant, TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { FeatureProgress, FeatureRow, FeatureStore, RegisteredFeature, RegisteredView } from "../../../shared/ports/featureStore.ts";
import { chunksOf, MAX_CHUNK_BYTES, packVectors, type Statement, unpackVector } from "./bulk.ts";
import { type Database, withStore } from "./database.ts";
import { createEffect } from "./effects.ts";
import { revisionFactOf, revisionOf } from "./inputRevision.ts";
import { featureRows, featureViews } from "./schema/features.ts";

type ViewKey = Pick<RegisteredView, "view" | "schema_hash">;

/** Rows a query: under 7 MB of an answer that sqld cuts off at 10 MB, with 120 features in base64. */
const PAGE_ROWS = 5_000;
const MAX_CHUNK_ROWS = 5_000;

// A row that stands there with the same content is left alone, so that a repeated build keeps its first ingested_at.
const UPSERT_ROWS = `INSERT INTO feature_rows (entity, view, schema_hash, event_time, created_time, available_at, ingested_at, vector)
  SELECT ?3, ?4, ?5, value->>0, value->>1, value->>2, ?6, substr(?2, value->>3, value->>4) FROM json_each(?1) WHERE true
  ON CONFLICT (entity, view, schema_hash, event_time, created_time) DO UPDATE
  SET available_at = excluded.available_at, ingested_at = excluded.ingested_at, vector = excluded.vector
  WHERE available_at <> excluded.available_at OR vector <> excluded.vector`;

// With max(), SQLite takes the other columns from the row that holds the maximum: the newest version known at as_of.
const READ_ROWS = `SELECT event_time, max(created_time), available_at, vector FROM feature_rows
  WHERE entity = ? AND view = ? AND schema_hash = ? AND event_time > ? AND event_time <= ? AND available_at <= ? AND created_time <= ?
  GROUP BY event_time ORDER BY event_time LIMIT ${PAGE_ROWS}`;

// Schema by schema, so that each minimum is read off the key.
const FIRST_ROW = `SELECT min(first) FROM (SELECT (SELECT min(event_time) FROM feature_rows
  WHERE entity = ?1 AND view = ?2 AND schema_hash = v.schema_hash) AS first FROM feature_views v WHERE v.view = ?2)`;

const READ_PROGRESS = `SELECT ${revisionOf("?1")}, (SELECT built_until FROM feature_progress WHERE entity = ?2 AND view = ?3 AND schema_hash = ?4)`;
const START_PROGRESS = `INSERT INTO feature_progress (entity, view, schema_hash, built_until)
  SELECT ?1, ?2, ?3, ?4 WHERE ${revisionOf("?5")} = ?6 ON CONFLICT DO NOTHING`;
const ADVANCE_PROGRESS = `UPDATE feature_progress SET built_until = ?4
  WHERE entity = ?1 AND view = ?2 AND schema_hash = ?3 AND ${revisionOf("?5")} = ?6 AND built_until = ?7`;

/** Feature rows and the registry of views in libSQL. `clock` gives ingested_at, which no reader of features looks at. */
export function createFeatureStore(database: Database, clock: Clock): FeatureStore {
  return {
    register: (view) => withStore(() => register(database, view)),
    view: (view, schema_hash) => withStore(() => findView(database, { view, schema_hash })),
    write: (instrument, view, rows) => withStore(() => writeRows(database, instrument, view, rows, clock.now())),
    prepareWrite: (instrument, view, rows) =>
      createEffect(database, `${rows.length} rows of ${view.view} of ${instrument}`, rowStatements(instrument, view, rows, clock.now())),
    read: (instrument, view, window, as_of) => withStore(() => readRows(database, instrument, view, window, as_of)),
    latest: (instrument, view, as_of) => withStore(() => latestRow(database, instrument, view, as_of)),
    firstRow: (instrument, view) => withStore(() => firstRow(database, instrument, view)),
    progress: (instrument, view) => withStore(() => readProgress(database, instrument, view)),
    advance: (instrument, view, since, built_until) => withStore(() => advance(database, instrument, view, since, built_until)),
    prepareAdvance: (instrument, view, since, built_until) =>
      createEffect(database, `progress of ${view.view} of ${instrument}`, [advanceStatement(instrument, view, since, built_until)]),
  };
}

async function register(database: Database, view: RegisteredView): Promise<void> {
  await database.insert(featureViews).values(view).onConflictDoNothing();
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
      `${view.view}: rows of one view have ${width} and ${odd.values.length} values; all must have the same`,
    );
  }
  const chunk_rows = Math.max(1, Math.min(MAX_CHUNK_ROWS, Math.floor(MAX_CHUNK_BYTES / (8 * Math.max(1, width)))));
  return chunksOf(rows, chunk_rows).map((chunk) => {
    const { blob, spans } = packVectors(chunk.map((row) => row.values));
    const keys = chunk.map((row, i) => [row.event_time, row.created_time, row.available_at, ...spans[i]!]);
    return { sql: UPSERT_ROWS, args: [JSON.stringify(keys), blob, instrument, view.view, view.schema_hash, now] };
  });
}

async function readRows(database: Database, instrument: Instrument, view: ViewKey, window: TimeWindow, as_of: Instant) {
  const read: FeatureRow[] = [];
  for (let after = window.start; ; ) {
    const { rows } = await database.$client.execute({
      sql: READ_ROWS,
      args: [instrument, view.view, view.schema_hash, after, window.end, as_of, as_of],
    });
    for (const row of rows) {
      read.push({
        event_time: Number(row[0]),
        created_time: Number(row[1]),
        available_at: Number(row[2]),
        values: unpackVector(row[3]),
      });
    }
    const last = read.at(-1);
    if (!last || rows.length < PAGE_ROWS) return read;
    after = last.event_time;
  }
}

async function firstRow(database: Database, instrument: Instrument, view: string): Promise<Instant | null> {
  const { rows } = await database.$client.execute({ sql: FIRST_ROW, args: [instrument, view] });
  const first = rows[0]?.[0];
  return typeof first === "number" ? first : null;
}

async function readProgress(database: Database, instrument: Instrument, view: ViewKey): Promise<FeatureProgress> {
  const { rows } = await database.$client.execute({
    sql: READ_PROGRESS,
    args: [revisionFactOf(view.view), instrument, view.view, view.schema_hash],
  });
  const [revision, built_until] = [rows[0]?.[0], rows[0]?.[1]];
  return { built_until: typeof built_until === "number" ? built_until : null, revision: Number(revision) };
}

async function advance(database: Database, instrument: Instrument, view: ViewKey, since: FeatureProgress, built_until: Instant) {
  const { rowsAffected } = await database.$client.execute(advanceStatement(instrument, view, since, built_until));
  return rowsAffected > 0;
}

function advanceStatement(instrument: Instrument, view: ViewKey, since: FeatureProgress, built_until: Instant): Statement {
  const args = [instrument, view.view, view.schema_hash, built_until, revisionFactOf(view.view), since.revision];
  return since.built_until === null ? { sql: START_PROGRESS, args } : { sql: ADVANCE_PROGRESS, args: [...args, since.built_until] };
}

async function latestRow(database: Database, instrument: Instrument, view: ViewKey, as_of: Instant): Promise<FeatureRow | null> {
  const [row] = await database
    .select({
      event_time: featureRows.event_time,
      created_time: featureRows.created_time,
      available_at: featureRows.available_at,
      values: featureRows.vector,
    })
    .from(featureRows)
    .where(and(isOf(instrument, view), lte(featureRows.available_at, as_of), lte(featureRows.created_time, as_of)))
    .orderBy(desc(featureRows.event_time), desc(featureRows.created_time))
    .limit(1);
  return row ?? null;
}

function isOf(instrument: Instrument, view: ViewKey) {
  return and(eq(featureRows.entity, instrument), eq(featureRows.view, view.view), eq(featureRows.schema_hash, view.schema_hash));
}
