import type { InValue } from "@libsql/client/web";
import { sql } from "drizzle-orm";
import { chunksOf } from "../../../../shared/domain/chunksOf.ts";
import type { Metric } from "../../../../shared/ports/tracking.ts";
import type { Statement } from "../bulk.ts";

/** Rows a statement: 4 parameters each, well under sqld's 32,766. */
const CHUNK_ROWS = 1_000;

/** A stored value as the number that it is compared as. NaN and the infinities are kept as the texts that MLflow sends them as. */
const numberOf = (value: string) => `CASE ${value} WHEN 'Infinity' THEN 9e999 WHEN '-Infinity' THEN -9e999 ELSE ${value} END`;

/** In an order and a filter NaN is no number: null. */
export const COMPARED = (value: string) => sql.raw(`CASE ${value} WHEN 'NaN' THEN NULL ELSE ${numberOf(value)} END`);

/** In MLflow's rule of the latest point it counts as 0. */
const ranked = (value: string) => `CASE ${value} WHEN 'NaN' THEN 0 ELSE ${numberOf(value)} END`;

/** SQLite would make NaN null. */
export function toStored(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/**
 * Adds points and the latest of each metric. `guard` is a condition of SQL over ?1, the run, and what `guard_args` has from ?2 on: only
 * where it holds is anything written. A point that is there already stays the one.
 */
export function pointInserts(
  run_id: string,
  metrics: readonly Metric[],
  guard = "true",
  guard_args: readonly InValue[] = [],
): readonly Statement[] {
  return chunksOf(metrics, CHUNK_ROWS).flatMap((chunk) => {
    const args = [run_id, ...guard_args, ...chunk.flatMap(({ key, step, timestamp, value }) => [key, step, timestamp, toStored(value)])];
    const rows = chunk.map((_, row) => {
      const at = 2 + guard_args.length + row * 4;
      return `(?${at}, ?${at + 1}, ?${at + 2}, ?${at + 3})`;
    });
    const points = `SELECT ?1, column1, column2, column3, column4 FROM (VALUES ${rows.join(", ")}) WHERE ${guard}`;
    return [
      { sql: `INSERT INTO run_metrics (run_id, key, step, timestamp, value) ${points} ON CONFLICT DO NOTHING`, args },
      { sql: `INSERT INTO latest_metrics (run_id, key, step, timestamp, value) ${points} ${KEEP_LATEST}`, args },
    ];
  });
}

const KEEP_LATEST = `ON CONFLICT DO UPDATE SET step = excluded.step, timestamp = excluded.timestamp, value = excluded.value
  WHERE (excluded.step, excluded.timestamp, ${ranked("excluded.value")}) > (step, timestamp, ${ranked("value")})`;

/** Finds the latest points of a run's metrics anew, from all that are there. */
export function latestAnew(run_id: string): readonly Statement[] {
  return [
    { sql: "DELETE FROM latest_metrics WHERE run_id = ?", args: [run_id] },
    {
      sql: `INSERT INTO latest_metrics (run_id, key, step, timestamp, value) SELECT run_id, key, step, timestamp, value FROM (
          SELECT *, row_number() OVER (PARTITION BY key ORDER BY step DESC, timestamp DESC, ${ranked("value")} DESC) AS age
          FROM run_metrics WHERE run_id = ?) WHERE age = 1`,
      args: [run_id],
    },
  ];
}
