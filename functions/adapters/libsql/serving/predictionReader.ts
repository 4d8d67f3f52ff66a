import type { Row } from "@libsql/client/web";
import { BASE_GRANULARITY } from "../../../../shared/domain/granularity.ts";
import { everyNameOf } from "../../../../shared/models/modelName.ts";
import { PREDICTION_SOURCES } from "../../../../shared/ports/predictionLog.ts";
import type {
  BronzeSource,
  KnownClose,
  PredictionReader,
  PredictionSummary,
  StoredFeatureRow,
  StoredPrediction,
} from "../../../../shared/ports/predictionReader.ts";
import { unpackVector } from "../bulk.ts";
import { type Database, withStore } from "../database.ts";
import { readRow } from "../readRow.ts";

const COLUMNS = "prediction_id, instrument, model_name, model_version, event_time, target_start, prediction, requested_at, as_of, source";

/** The source stands in the text: SQLite takes the index of the pipeline's own only where it sees that it is theirs. */
const LISTS = {
  any: listOf(""),
  user: listOf("AND source = 'user'"),
  pipeline: listOf("AND source = 'pipeline'"),
} as const;

function listOf(condition: string): string {
  return `SELECT ${COLUMNS} FROM predictions WHERE instrument = :instrument AND requested_at >= :from AND requested_at < :to
    AND requested_at <= :after AND (requested_at < :after OR prediction_id < :after_id) ${condition}
  ORDER BY requested_at DESC, prediction_id DESC LIMIT :limit`;
}

const LAST_ANSWER = `SELECT ${COLUMNS} FROM predictions
  WHERE instrument = :instrument AND requested_at <= :asked_by AND as_of IS NULL AND event_time <= :made_on
    AND model_name IN (SELECT value FROM json_each(:model_names))
  ORDER BY requested_at DESC, prediction_id DESC LIMIT 1`;

const CLOSES = `SELECT start, mid_c, ingested_at FROM bars
  WHERE instrument = :instrument AND granularity = :granularity AND start IN (SELECT value FROM json_each(:starts))`;

const ROW_VERSIONS = `SELECT event_time, created_time, available_at, recorded_at, vector FROM feature_rows
  WHERE entity = :instrument AND view = :view AND schema_hash = :schema_hash AND event_time = :event_time AND available_at <= :known_at
  ORDER BY recorded_at DESC, created_time DESC`;

// A bar that an import has replaced since stands among the versions, until when it was the bar.
const BRONZE = `WITH known AS (
    SELECT start, object_key FROM bars
      WHERE instrument = :instrument AND granularity = :granularity AND start < :until AND ingested_at <= :recorded_until
    UNION ALL SELECT start, object_key FROM bar_versions
      WHERE instrument = :instrument AND granularity = :granularity AND start < :until
        AND ingested_at <= :recorded_until AND superseded_at > :recorded_until
    ORDER BY start DESC LIMIT :bars)
  SELECT known.object_key AS key, count(*) AS bars, min(known.start) AS first_start, max(known.start) AS last_start,
    b.origin AS origin, b.sha256 AS sha256, b.ingested_at AS ingested_at
  FROM known LEFT JOIN bronze_objects b ON b.key = known.object_key GROUP BY 1 ORDER BY first_start, 1`;

/** Earlier and later than any moment, exact in a float64. */
const [EVER, NEVER] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
/** Behind every id in SQLite's order of bytes. */
const LAST_ID = "\u{10ffff}";

/** Served answers in libSQL with what they were made of. Only its indexes are read: a page, not the log. */
export function createPredictionReader(database: Database): PredictionReader {
  const read = (sql: string, args: Record<string, string | number>) =>
    withStore(async () => (await database.$client.execute({ sql, args })).rows);
  return {
    list: async ({ instrument, from, to, source, after, limit }) => {
      const { requested_at, prediction_id } = after ?? { requested_at: NEVER, prediction_id: LAST_ID };
      const bounds = { from: from ?? EVER, to: to ?? NEVER, after: requested_at, after_id: prediction_id };
      return (await read(LISTS[source ?? "any"], { instrument, ...bounds, limit })).map(toSummary);
    },
    lastAnswer: async (instrument, model_name, moment) => {
      const [row] = await read(LAST_ANSWER, { instrument, model_names: JSON.stringify(everyNameOf(model_name)), ...moment });
      return row === undefined ? null : toSummary(row);
    },
    find: async (prediction_id) => {
      const [row] = await read(`SELECT ${COLUMNS}, features FROM predictions WHERE prediction_id = :prediction_id`, { prediction_id });
      return row === undefined ? null : toRecord(row);
    },
    closes: async (instrument, starts) => {
      const rows = await read(CLOSES, { instrument, granularity: BASE_GRANULARITY, starts: JSON.stringify([...new Set(starts)]) });
      return new Map(rows.map(toClose).map((close) => [close.start, close]));
    },
    rowVersions: async (instrument, { view, schema_hash }, event_time, known_at) =>
      (await read(ROW_VERSIONS, { instrument, view, schema_hash, event_time, known_at })).map(toFeatureRow),
    bronzeSources: async (instrument, { until, bars, recorded_until }) =>
      (await read(BRONZE, { instrument, granularity: BASE_GRANULARITY, until, bars, recorded_until })).map(toSource),
  };
}

function toSummary(row: Row): PredictionSummary {
  const reader = readRow(row);
  return {
    prediction_id: reader.text("prediction_id"),
    instrument: reader.text("instrument"),
    model_name: reader.text("model_name"),
    model_version: reader.text("model_version"),
    event_time: reader.integer("event_time"),
    target_start: reader.integer("target_start"),
    prediction: reader.integer("prediction"),
    requested_at: reader.integer("requested_at"),
    as_of: reader.integerOrNull("as_of"),
    source: PREDICTION_SOURCES.find((source) => source === row["source"]) ?? "user",
  };
}

function toRecord(row: Row): StoredPrediction {
  const features = Array.from(unpackVector(row["features"]), (value) => (Number.isNaN(value) ? null : value));
  return { ...toSummary(row), features };
}

function toClose(row: Row): KnownClose {
  const reader = readRow(row);
  return { start: reader.integer("start"), mid_c: reader.integer("mid_c"), ingested_at: reader.integer("ingested_at") };
}

function toFeatureRow(row: Row): StoredFeatureRow {
  const reader = readRow(row);
  return {
    event_time: reader.integer("event_time"),
    created_time: reader.integer("created_time"),
    available_at: reader.integer("available_at"),
    recorded_at: reader.integer("recorded_at"),
    values: unpackVector(row["vector"]),
  };
}

function toSource(row: Row): BronzeSource {
  const reader = readRow(row);
  return {
    key: reader.text("key"),
    origin: reader.textOrNull("origin"),
    sha256: reader.textOrNull("sha256"),
    ingested_at: reader.integerOrNull("ingested_at"),
    bars: reader.integer("bars"),
    first_start: reader.integer("first_start"),
    last_start: reader.integer("last_start"),
  };
}
