import type { HistoryQuery, MetricSteps } from "../../../../shared/ports/runStore.ts";
import type { Metric } from "../../../../shared/ports/tracking.ts";
import type { Database } from "../database.ts";
import { metricOf } from "./readRuns.ts";

const OF_RUNS = "run_id IN (SELECT value FROM json_each(?1)) AND key = ?2";

export async function metricHistory(
  database: Database,
  { run_ids, key, steps, page }: HistoryQuery,
): Promise<readonly (Metric & { readonly run_id: string })[]> {
  const { rows } = await database.$client.execute({
    sql: `SELECT * FROM run_metrics WHERE ${OF_RUNS} AND (?3 IS NULL OR step IN (SELECT value FROM json_each(?3)))
      ORDER BY run_id, timestamp, step, value LIMIT ?4 OFFSET ?5`,
    args: [JSON.stringify(run_ids), key, steps ? JSON.stringify(steps) : null, page.limit + 1, page.offset],
  });
  return rows.map((row) => ({ ...metricOf(row), run_id: String(row["run_id"]) }));
}

export async function metricSteps(
  database: Database,
  run_ids: readonly string[],
  key: string,
  start?: number,
  end?: number,
): Promise<MetricSteps> {
  const within = `${OF_RUNS} AND (?3 IS NULL OR step >= ?3) AND (?4 IS NULL OR step <= ?4)`;
  const args = [JSON.stringify(run_ids), key, start ?? null, end ?? null];
  const [all, ends] = await database.$client.batch(
    [
      { sql: `SELECT DISTINCT step FROM run_metrics WHERE ${within} ORDER BY step`, args },
      { sql: `SELECT min(step), max(step) FROM run_metrics WHERE ${within} GROUP BY run_id`, args },
    ],
    "read",
  );
  return { all: all!.rows.map((row) => Number(row[0])), ends: ends!.rows.flatMap((row) => [Number(row[0]), Number(row[1])]) };
}
