import type { ResultSet, Row } from "@libsql/client/web";
import { DAY } from "../../../../shared/domain/instant.ts";
import type { CounterAddition, MetricStore, StoreMetrics } from "../../../../shared/ports/metricStore.ts";
import type { Backlog } from "../../../../shared/ports/monitorStore.ts";
import type { PredictionSource } from "../../../../shared/ports/predictionLog.ts";
import type { Statement } from "../bulk.ts";
import { type Database, withStore } from "../database.ts";
import { OVERDUE_TASKS } from "../ledger/due.ts";
import { readRow } from "../readRow.ts";

/** An isolate that has been silent for so long repeats no addition any more. */
const KEEP_WRITERS_MS = 7 * DAY;

const ADD = `INSERT INTO metric_counters (name, labels, value) SELECT value->>0, value->>1, value->>2 FROM json_each(:deltas)
  WHERE coalesce((SELECT sequence FROM metric_writers WHERE writer = :writer), 0) < :sequence
  ON CONFLICT DO UPDATE SET value = value + excluded.value`;
const SIGN = `INSERT INTO metric_writers (writer, sequence, written_at) VALUES (:writer, :sequence, :written_at)
  ON CONFLICT DO UPDATE SET sequence = max(sequence, excluded.sequence), written_at = excluded.written_at`;
const FORGET = "DELETE FROM metric_writers WHERE written_at < :before";

const CALLBACKS = "SELECT count(*) AS count, min(created_at) AS oldest_at FROM callbacks WHERE delivered_at IS NULL";
const DEAD_LETTERS = "SELECT count(*) AS count, min(received_at) AS oldest_at FROM dead_letters WHERE replayed_at IS NULL";
const SIZE = "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()";

/** Counters in libSQL: those that triggers keep beside the rows that they count, and those that isolates add to. */
export function createMetricStore(database: Database): MetricStore {
  const batch = (statements: Statement[], mode: "read" | "write") => withStore(() => database.$client.batch(statements, mode));
  return {
    add: async (addition) => {
      await batch(additionOf(addition), "write");
    },
    read: async (now) => toMetrics(await batch(readsAt(now), "read"), await sizeOf(database)),
    ping: async () => {
      await withStore(() => database.$client.execute("SELECT 1"));
    },
  };
}

function additionOf({ writer, sequence, written_at, deltas }: CounterAddition): Statement[] {
  const rows = JSON.stringify(deltas.map(({ name, labels, value }) => [name, labels, value]));
  const signature = { sql: SIGN, args: { writer, sequence, written_at } };
  const forgetting = sequence === 1 ? [{ sql: FORGET, args: { before: written_at - KEEP_WRITERS_MS } }] : [];
  return [{ sql: ADD, args: { writer, sequence, deltas: rows } }, signature, ...forgetting];
}

function readsAt(now: number): Statement[] {
  return [
    { sql: "SELECT * FROM prediction_totals", args: {} },
    { sql: "SELECT * FROM task_totals", args: {} },
    { sql: "SELECT * FROM metric_counters", args: {} },
    { sql: OVERDUE_TASKS, args: { now } },
    { sql: CALLBACKS, args: {} },
    { sql: DEAD_LETTERS, args: {} },
  ];
}

function toMetrics(results: readonly ResultSet[], database_bytes: number | null): StoreMetrics {
  const [predictions = [], tasks = [], counters = [], due_tasks, callbacks, dead_letters] = results.map(({ rows }) => rows);
  return {
    predictions: predictions.map((row) => {
      const reader = readRow(row);
      const of = { bucket: reader.integer("bucket"), answers: reader.integer("answers"), latency_us: reader.integer("latency_us") };
      const source = reader.text("source") as PredictionSource;
      return { instrument: reader.text("instrument"), is_past: reader.integer("is_past") === 1, source, ...of };
    }),
    tasks: tasks.map((row) => {
      const reader = readRow(row);
      const of = { bucket: reader.integer("bucket"), tries: reader.integer("tries"), duration_ms: reader.integer("duration_ms") };
      return { dag_id: reader.text("dag_id"), state: reader.text("state"), ...of, last_end: reader.integer("last_end") };
    }),
    counters: counters.map((row) => {
      const reader = readRow(row);
      return { name: reader.text("name"), labels: reader.text("labels"), value: reader.integer("value") };
    }),
    due_tasks: toBacklog(due_tasks),
    callbacks: toBacklog(callbacks),
    dead_letters: toBacklog(dead_letters),
    database_bytes,
  };
}

function toBacklog(rows: readonly Row[] = []): Backlog {
  const row = readRow(rows[0]);
  return { count: row.integer("count"), oldest_at: row.integerOrNull("oldest_at") };
}

/** A hosted database may not let itself be asked. */
async function sizeOf(database: Database): Promise<number | null> {
  try {
    const { rows } = await database.$client.execute(SIZE);
    return readRow(rows[0]).integer("bytes");
  } catch (error) {
    console.warn("The database does not say how large it is:", error);
    return null;
  }
}
