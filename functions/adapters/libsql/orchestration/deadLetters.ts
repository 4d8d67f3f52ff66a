import type { DeadLetter, DeadLetters } from "../../../../shared/ports/deadLetters.ts";
import { type Database, withStore } from "../database.ts";
import { orderBy } from "../orderBy.ts";
import { type RowReader, readRow } from "../readRow.ts";

const ORDERS = {
  columns: { id: "id", received_at: "received_at", replayed_at: "replayed_at" },
  key: "id",
  usual: "received_at DESC, id",
};

/** Dead letters on libSQL. */
export function createDeadLetters(database: Database): DeadLetters {
  const run = (sql: string, args: Record<string, string | number | null>) => withStore(() => database.$client.execute({ sql, args }));
  return {
    add: async (letter) => {
      await run(
        `INSERT INTO dead_letters (id, queue, body, error, received_at) VALUES (:id, :queue, :body, :error, :received_at)
         ON CONFLICT DO NOTHING`,
        { ...letter },
      );
    },
    find: async (id) => {
      const { rows } = await run("SELECT * FROM dead_letters WHERE id = :id", { id });
      return rows[0] ? toDeadLetter(readRow(rows[0])) : null;
    },
    list: async ({ limit, offset, is_replayed, order }) => {
      const state = is_replayed === undefined ? null : Number(is_replayed);
      const where = "WHERE :state IS NULL OR (replayed_at IS NOT NULL) = :state";
      const page = await run(`SELECT * FROM dead_letters ${where} ${orderBy(order, ORDERS)} LIMIT :limit OFFSET :offset`, {
        state,
        limit,
        offset,
      });
      const count = await run(`SELECT count(*) AS total FROM dead_letters ${where}`, { state });
      return { dead_letters: page.rows.map((row) => toDeadLetter(readRow(row))), total_entries: readRow(count.rows[0]).integer("total") };
    },
    markReplayed: async (id, body, now) => {
      await run("UPDATE dead_letters SET body = :body, replayed_at = :now WHERE id = :id", { id, body, now });
    },
    markFailed: async (id, body, error) => {
      await run("UPDATE dead_letters SET body = :body, error = :error WHERE id = :id AND replayed_at IS NULL", { id, body, error });
    },
  };
}

function toDeadLetter(row: RowReader): DeadLetter {
  return {
    id: row.text("id"),
    queue: row.text("queue"),
    body: row.text("body"),
    error: row.text("error"),
    received_at: row.integer("received_at"),
    replayed_at: row.integerOrNull("replayed_at"),
  };
}
