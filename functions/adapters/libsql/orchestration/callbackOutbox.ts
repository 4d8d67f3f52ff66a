import type { CallbackKind } from "../../../../shared/dag/dag.ts";
import type { Callback, CallbackOrder, CallbackOutbox, ToldBook } from "../../../../shared/ports/callbackOutbox.ts";
import { type Database, withStore } from "../database.ts";
import { orderBy } from "../orderBy.ts";
import { type RowReader, readRow } from "../readRow.ts";
import { whereOf } from "../whereOf.ts";

/** Room for what an adapter says of a failed delivery. */
const MAX_ERROR_CHARACTERS = 1_000;

/** The outbox on libSQL. The ledger writes its rows. */
export function createCallbackOutbox(database: Database): CallbackOutbox & ToldBook {
  const run = (sql: string, args: Record<string, string | number | null>) => withStore(() => database.$client.execute({ sql, args }));
  return {
    take: async (now, retry_at, limit) => {
      const { rows } = await run(TAKE, { now, retry_at, limit });
      return rows.map((row) => toCallback(readRow(row))).sort((one, other) => one.id - other.id);
    },
    markDelivered: async (id, now) => {
      await run("UPDATE callbacks SET delivered_at = :now, last_error = NULL WHERE id = :id", { id, now });
    },
    markFailed: async (id, error, retry_at) => {
      await run("UPDATE callbacks SET last_error = :error, next_attempt_at = :retry_at WHERE id = :id AND delivered_at IS NULL", {
        id,
        error: error.slice(0, MAX_ERROR_CHARACTERS),
        retry_at,
      });
    },
    toldChannels: async (dedupe_key) => {
      const { rows } = await run("SELECT channel FROM callback_deliveries WHERE dedupe_key = :dedupe_key", { dedupe_key });
      return rows.map((row) => readRow(row).text("channel"));
    },
    markTold: async (dedupe_key, channel, now) => {
      const sql =
        "INSERT INTO callback_deliveries (dedupe_key, channel, told_at) VALUES (:dedupe_key, :channel, :now) ON CONFLICT DO NOTHING";
      await run(sql, { dedupe_key, channel, now });
    },
    list: async ({ limit, offset, is_delivered, where = {}, order }) => {
      const { sql, args } = whereOf(where, COLUMNS);
      const filter = { state: is_delivered === undefined ? null : Number(is_delivered), ...args };
      const matches = `WHERE (:state IS NULL OR (delivered_at IS NOT NULL) = :state) AND ${sql}`;
      const page = await run(`SELECT * FROM callbacks ${matches} ${orderBy(order, ORDERS)} LIMIT :limit OFFSET :offset`, {
        ...filter,
        limit,
        offset,
      });
      const count = await run(`SELECT count(*) AS total FROM callbacks ${matches}`, filter);
      return { callbacks: page.rows.map((row) => toCallback(readRow(row))), total_entries: readRow(count.rows[0]).integer("total") };
    },
  };
}

const COLUMNS: Readonly<Record<CallbackOrder, string>> = {
  id: "id",
  kind: "kind",
  dag_id: "dag_id",
  run_id: "run_id",
  task_id: "task_id",
  try_number: "try_number",
  created_at: "created_at",
};

const ORDERS = { columns: COLUMNS, key: "id", usual: "id DESC" };

const TAKE = `UPDATE callbacks SET next_attempt_at = :retry_at, attempts = attempts + 1 WHERE id IN (
  SELECT id FROM callbacks WHERE delivered_at IS NULL AND next_attempt_at <= :now ORDER BY id LIMIT :limit) RETURNING *`;

function toCallback(row: RowReader): Callback {
  return {
    id: row.integer("id"),
    dedupe_key: row.text("dedupe_key"),
    kind: row.text("kind") as CallbackKind,
    dag_id: row.text("dag_id"),
    run_id: row.text("run_id"),
    task_id: row.textOrNull("task_id"),
    map_key: row.textOrNull("map_key"),
    try_number: row.integerOrNull("try_number"),
    details: row.facts("details") ?? {},
    created_at: row.integer("created_at"),
    attempts: row.integer("attempts"),
    delivered_at: row.integerOrNull("delivered_at"),
    last_error: row.textOrNull("last_error"),
  };
}
