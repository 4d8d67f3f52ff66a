import { chunksOf } from "../../../../shared/domain/chunksOf.ts";
import type { Statement } from "../bulk.ts";
import { raiseRevision } from "../features/inputRevision.ts";

/** Rows a statement: about 1 MB of JSON. */
const CHUNK_ROWS = 1_000;

/** A table of rows that are made from articles, and the view that is built from it. */
export interface NewsTable {
  readonly table: string;
  /** Its key; the columns of a row's array come in the order key, then values. */
  readonly key: readonly string[];
  /** `available_at` is one of them. */
  readonly values: readonly string[];
  /** View whose rows from the knowledge time of a changed row on are no longer current. */
  readonly view: string;
  readonly revision_fact: string;
}

export type NewsRow = readonly (string | number | null)[];

/**
 * Upserts rows by their key. Unchanged rows stay as they are. When any changes, the view's progress (built_until) moves back to before the
 * earliest knowledge time of a changed row, old or new, and the revision of the view's inputs rises.
 */
export function upsertNews(target: NewsTable, rows: readonly NewsRow[], ingested_at: number): readonly Statement[] {
  const { lower, raise, upsert } = statementsOf(target);
  return chunksOf(rows, CHUNK_ROWS).flatMap((chunk) => {
    const json = JSON.stringify(chunk);
    // What changes is asked before it is written.
    return [
      { sql: lower, args: [json, target.view] },
      { sql: raise, args: [json] },
      { sql: upsert, args: [json, ingested_at] },
    ];
  });
}

function statementsOf({ table, key, values, revision_fact }: NewsTable) {
  const columns = [...key, ...values];
  const at = (column: string) => `value->>${columns.indexOf(column)}`;
  const isOld = key.map((column) => `old.${column} = new.${at(column)}`).join(" AND ");
  const differs = values.map((column) => `old.${column} IS NOT new.${at(column)}`).join(" OR ");
  const changed = `FROM json_each(?1) AS new LEFT JOIN ${table} AS old ON ${isOld} WHERE old.${key[0]} IS NULL OR ${differs}`;
  const known = `new.${at("available_at")}`;
  return {
    lower: `UPDATE feature_progress SET built_until = changed.first - 1
      FROM (SELECT min(min(${known}, coalesce(old.available_at, ${known}))) AS first ${changed}) AS changed
      WHERE view = ?2 AND changed.first IS NOT NULL AND built_until >= changed.first`,
    raise: raiseRevision(revision_fact, `SELECT 1 ${changed}`),
    upsert: `INSERT INTO ${table} (${columns.join(", ")}, ingested_at) SELECT ${columns.map(at).join(", ")}, ?2 FROM json_each(?1) WHERE true
      ON CONFLICT (${key.join(", ")}) DO UPDATE
      SET ${[...values, "ingested_at"].map((column) => `${column} = excluded.${column}`).join(", ")}
      WHERE ${values.map((column) => `${table}.${column} IS NOT excluded.${column}`).join(" OR ")}`,
  };
}
