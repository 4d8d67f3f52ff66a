import type { Row } from "@libsql/client/web";
import { chunksOf } from "../../../../shared/domain/chunksOf.ts";
import { counted } from "../../../../shared/domain/counted.ts";
import { DAY, HOUR, type Instant } from "../../../../shared/domain/instant.ts";
import { presentModelName } from "../../../../shared/models/modelName.ts";
import { CONSECUTIVE_WITHIN_MS, UNKNOWN_FOR_MS } from "../../../../shared/monitoring/decideAlert.ts";
import type { Check, Reading, ReadingStatus } from "../../../../shared/monitoring/reading.ts";
import type { MonitorStore, ReadingFilter, ReadingInTime } from "../../../../shared/ports/monitorStore.ts";
import type { Statement } from "../bulk.ts";
import { type Database, withStore } from "../database.ts";
import { createEffect } from "../effects.ts";
import { readJson, readRow } from "../readRow.ts";

type ReadingStore = Pick<
  MonitorStore,
  "prepareReadings" | "prepareForget" | "latest" | "history" | "series" | "readingsInTime" | "newestMeasuredAt"
>;

const COLUMNS = `"check", subject, metric, measured_at, value, low, high, n, threshold, status, details`;
const CHUNK_ROWS = 1_000;

const UPSERT = `INSERT INTO monitor_readings (${COLUMNS})
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, value->>10
  FROM json_each(?1) WHERE true
  ON CONFLICT ("check", subject, metric, measured_at) DO UPDATE SET value = excluded.value, low = excluded.low, high = excluded.high,
    n = excluded.n, threshold = excluded.threshold, status = excluded.status, details = excluded.details`;

const FILTER = `(:check IS NULL OR r."check" = :check) AND (:subject IS NULL OR r.subject = :subject) AND (:metric IS NULL OR r.metric = :metric)`;

// A check that has not run for a day before the newest one has no latest run: the index by time then bounds what is looked at.
const LATEST = `WITH newest AS (
    SELECT "check", max(measured_at) AS measured_at FROM monitor_readings
    WHERE measured_at > (SELECT max(measured_at) FROM monitor_readings) - :within GROUP BY "check")
  SELECT r.* FROM newest JOIN monitor_readings r ON r.measured_at = newest.measured_at AND r."check" = newest."check"
  WHERE ${FILTER} ORDER BY r."check", r.subject, r.metric`;

const HISTORY = `SELECT r.* FROM monitor_readings r WHERE r.measured_at >= :since AND ${FILTER}
  ORDER BY r.measured_at DESC, r."check", r.subject, r.metric LIMIT :limit`;

const NEWEST_OF_CHECK = `SELECT max(measured_at) AS at FROM monitor_readings
  WHERE "check" = :check AND measured_at > (SELECT max(measured_at) FROM monitor_readings) - :within`;

/** Each run goes over the span again that has come to be of that age, and two days more where the DAG stood still. */
const THINNED_MS = 2 * DAY;
const THIN = `DELETE FROM monitor_readings AS r WHERE r.measured_at >= :from AND r.measured_at < :before AND r.measured_at % :every <> 0
  AND EXISTS (SELECT 1 FROM monitor_readings p WHERE p."check" = r."check" AND p.subject = r.subject AND p.metric = r.metric
    AND p.measured_at >= r.measured_at - r.measured_at % :every AND p.measured_at < r.measured_at)`;

/** A notification that some channel has not taken yet is tried again, and those that have must not be told twice. */
const FORGET_DELIVERIES = `DELETE FROM callback_deliveries AS d WHERE d.told_at < ?
  AND NOT EXISTS (SELECT 1 FROM callbacks c WHERE c.dedupe_key = d.dedupe_key AND c.delivered_at IS NULL)`;

// The other columns are those of the row that has the maximum (SQLite, "Bare columns in an aggregate query").
const SERIES = `SELECT r."check", r.subject, r.metric, max(r.measured_at) AS measured_at, r.value, r.low, r.high, r.n, r.threshold, r.status, '{}' AS details
  FROM json_each(:subjects) s JOIN monitor_readings r ON r."check" = :check AND r.subject = s.value AND r.metric = :metric
    AND r.measured_at >= :from AND r.measured_at < :to
  GROUP BY r.subject, r.measured_at / CAST(:step_ms AS INTEGER) ORDER BY r.subject, measured_at LIMIT :limit`;

const SAME = `p."check" = r."check" AND p.subject = r.subject AND p.metric = r.metric`;
const IN_TIME = `SELECT r.*,
    (SELECT p.status FROM monitor_readings p WHERE ${SAME} AND p.measured_at < :at AND p.measured_at >= :consecutive_from
      ORDER BY p.measured_at DESC LIMIT 1) AS previous,
    (r.status = 'unknown'
      AND NOT EXISTS (SELECT 1 FROM monitor_readings p WHERE ${SAME} AND p.measured_at > :long_ago AND p.measured_at < :at AND p.status <> 'unknown')
      AND (SELECT p.status FROM monitor_readings p WHERE ${SAME} AND p.measured_at <= :long_ago ORDER BY p.measured_at DESC LIMIT 1) = 'unknown'
    ) AS unknown_for_long
  FROM monitor_readings r WHERE r.measured_at = :at ORDER BY r."check", r.subject, r.metric`;

/** Readings on libSQL. */
export function createReadingStore(database: Database): ReadingStore {
  const read = (sql: string, args: Record<string, string | number | null>) =>
    withStore(async () => (await database.$client.execute({ sql, args })).rows);
  return {
    prepareReadings: (readings) => createEffect(database, counted(readings.length, "reading"), upserts(readings)),
    prepareForget: ({ before, hourly_before, six_hourly_before }) =>
      createEffect(database, "old readings, alerts and deliveries", [
        { sql: "DELETE FROM monitor_readings WHERE measured_at < ?", args: [before] },
        { sql: "DELETE FROM alerts WHERE state = 'resolved' AND ends_at < ?", args: [before] },
        { sql: FORGET_DELIVERIES, args: [before] },
        { sql: THIN, args: { from: hourly_before - THINNED_MS, before: hourly_before, every: HOUR } },
        { sql: THIN, args: { from: six_hourly_before - THINNED_MS, before: six_hourly_before, every: 6 * HOUR } },
      ]),
    latest: async (filter = {}) => (await read(LATEST, { ...filterArgs(filter), within: UNKNOWN_FOR_MS })).map(toReading),
    history: async ({ since, limit, ...filter }) => (await read(HISTORY, { ...filterArgs(filter), since, limit })).map(toReading),
    series: async ({ subjects, ...query }) => {
      const args = { ...query, subjects: JSON.stringify(subjects.map(presentModelName)) };
      return (await read(SERIES, args)).map(toReading);
    },
    readingsInTime: async (at) => {
      const args = { at, consecutive_from: at - CONSECUTIVE_WITHIN_MS, long_ago: at - UNKNOWN_FOR_MS };
      return (await read(IN_TIME, args)).map(toReadingInTime);
    },
    newestMeasuredAt: async (check) => {
      const [row] =
        check === undefined
          ? await read("SELECT max(measured_at) AS at FROM monitor_readings", {})
          : await read(NEWEST_OF_CHECK, { check, within: UNKNOWN_FOR_MS });
      return readRow(row).integerOrNull("at") satisfies Instant | null;
    },
  };
}

function upserts(readings: readonly Reading[]): Statement[] {
  return chunksOf(readings, CHUNK_ROWS).map((chunk) => ({ sql: UPSERT, args: [JSON.stringify(chunk.map(toColumns))] }));
}

function toColumns(reading: Reading): readonly (string | number | null)[] {
  const { check, subject, metric, measured_at, value, low, high, n, threshold, status, details } = reading;
  return [check, subject, metric, measured_at, value, low, high, n, threshold, status, JSON.stringify(details)];
}

function filterArgs({ check, subject, metric }: ReadingFilter) {
  return { check: check ?? null, subject: subject === undefined ? null : presentModelName(subject), metric: metric ?? null };
}

function toReadingInTime(row: Row): ReadingInTime {
  const reader = readRow(row);
  return {
    reading: toReading(row),
    previous: reader.textOrNull("previous") as ReadingStatus | null,
    unknown_for_long: reader.integerOrNull("unknown_for_long") === 1,
  };
}

function toReading(row: Row): Reading {
  const reader = readRow(row);
  return {
    check: reader.text("check") as Check,
    subject: reader.text("subject"),
    metric: reader.text("metric"),
    measured_at: reader.integer("measured_at"),
    value: reader.integerOrNull("value"),
    low: reader.integerOrNull("low"),
    high: reader.integerOrNull("high"),
    n: reader.integerOrNull("n"),
    threshold: reader.integerOrNull("threshold"),
    status: reader.text("status") as ReadingStatus,
    details: readJson(row["details"]) ?? {},
  };
}
