import type { InValue } from "@libsql/client/web";
import { doesNotExist, invalidParameter } from "../../../../shared/mlflow/mlflowErrors.ts";
import type { KeyValue } from "../../../../shared/ports/experimentStore.ts";
import type { RunEntries } from "../../../../shared/ports/runStore.ts";
import type { Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { pointInserts } from "./metricPoints.ts";

/** MLflow keeps a run's name as a tag, too, and either changes the other. */
export const RUN_NAME_TAG = "mlflow.runName";

const IS_ACTIVE = "EXISTS (SELECT 1 FROM runs WHERE run_id = ?1 AND lifecycle_stage = 'active')";
/** Of ?2, a JSON array of parameters: those that the run has with another value. */
const CONFLICTS = `SELECT p.key, p.value, j.value ->> 'value' AS wanted FROM json_each(?2) AS j
  JOIN run_params AS p ON p.run_id = ?1 AND p.key = j.value ->> 'key' WHERE p.value <> j.value ->> 'value'`;
const GUARD = `${IS_ACTIVE} AND NOT EXISTS (${CONFLICTS})`;

/** Writes all or nothing, in one transaction. */
export async function logEntries(database: Database, run_id: string, { metrics, params, tags }: RunEntries): Promise<void> {
  const wanted = JSON.stringify(params);
  const [, conflicts] = await writeToRun(database, run_id, [
    { sql: CONFLICTS, args: [run_id, wanted] },
    ...(params.length > 0 ? [pairInsert("run_params", run_id, wanted, params, "NOTHING")] : []),
    ...(tags.length > 0 ? [pairInsert("run_tags", run_id, wanted, tags, "UPDATE SET value = excluded.value")] : []),
    ...(tags.some(({ key }) => key === RUN_NAME_TAG) ? [nameByTag(run_id)] : []),
    ...pointInserts(run_id, metrics, GUARD, [wanted]),
  ]);
  const [first] = conflicts!.rows;
  if (!first) return;
  throw invalidParameter(
    `Changing param values is not allowed. Param with key='${first["key"]}' was already logged with value='${first["value"]}' for run ID='${run_id}'. Attempted logging new value '${first["wanted"]}'.`,
  );
}

/** Runs statements that do nothing unless the run is there and active, and throws where it is not. The run's stage is the first result. */
export async function writeToRun(database: Database, run_id: string, statements: readonly Statement[]) {
  const stage = { sql: "SELECT lifecycle_stage FROM runs WHERE run_id = ?", args: [run_id] };
  const results = await database.$client.batch([stage, ...statements], "write");
  const found = results[0]?.rows[0]?.[0];
  if (found === undefined) throw doesNotExist(`Run with id=${run_id} not found`);
  if (found !== "active") throw invalidParameter(`The run ${run_id} must be in the 'active' state. Current state is ${found}.`);
  return results;
}

/** A statement on an active run: its id is ?1. */
export function onActive(sql: string, run_id: string, ...args: readonly InValue[]): Statement {
  return { sql: sql.replaceAll("IS_ACTIVE", IS_ACTIVE), args: [run_id, ...args] };
}

function pairInsert(table: string, run_id: string, params: string, pairs: readonly KeyValue[], conflict: string): Statement {
  return {
    sql: `INSERT INTO ${table} (run_id, key, value) SELECT ?1, value ->> 'key', value ->> 'value' FROM json_each(?3)
      WHERE ${GUARD} ON CONFLICT DO ${conflict}`,
    args: [run_id, params, JSON.stringify(pairs)],
  };
}

function nameByTag(run_id: string): Statement {
  const tag = `SELECT value FROM run_tags WHERE run_id = ?1 AND key = '${RUN_NAME_TAG}'`;
  return onActive(`UPDATE runs SET run_name = (${tag}) WHERE run_id = ?1 AND IS_ACTIVE AND EXISTS (${tag})`, run_id);
}
