import type { ReplaceableTexts } from "../../kvTexts.ts";
import { type Database, withStore } from "../database.ts";
import { readRow } from "../readRow.ts";

const GET = "SELECT value FROM kv_values WHERE key = :key";
const GET_ALL = "SELECT key, value FROM kv_values WHERE key IN (SELECT value FROM json_each(:keys))";
const PUT = "INSERT INTO kv_values (key, value) VALUES (:key, :text) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
const REPLACE = `${PUT} WHERE value = :read`;

/** What KV holds, in libSQL: for a host that is no Workers runtime. A value that is put is read at once, everywhere. */
export function createLibsqlKv(database: Database): ReplaceableTexts {
  return {
    get: (key) =>
      withStore(async () => {
        const { rows } = await database.$client.execute({ sql: GET, args: { key } });
        return rows[0] === undefined ? null : readRow(rows[0]).text("value");
      }),
    getAll: (keys) =>
      withStore(async () => {
        const { rows } = await database.$client.execute({ sql: GET_ALL, args: { keys: JSON.stringify(keys) } });
        const found = new Map(rows.map(readRow).map((row) => [row.text("key"), row.text("value")]));
        return new Map(keys.map((key) => [key, found.get(key) ?? null]));
      }),
    put: (key, text) => withStore(async () => void (await database.$client.execute({ sql: PUT, args: { key, text } }))),
    replace: (key, text, read) =>
      withStore(async () => {
        const { rowsAffected } = await database.$client.execute({ sql: REPLACE, args: { key, text, read } });
        return rowsAffected > 0;
      }),
  };
}
