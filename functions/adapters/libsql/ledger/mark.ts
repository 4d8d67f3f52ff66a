import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { affectedBy } from "../../../../shared/dag/dagGraph.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Changed } from "../../../../shared/ports/ledgerControl.ts";
import type { Database } from "../database.ts";
import { freedSlots, RESET_TASK, reopenRun, resumeStatements, retriesJson, revokedError, toChanged } from "./reopen.ts";
import { startRuns } from "./start.ts";
import { IS_RUN, IS_TASK, type Statement, TERMINAL } from "./statements.ts";

/** Sets a task's state, whatever it was, and lets what follows from it be decided anew. */
export async function markTask(
  database: Database,
  pools: Pools,
  dag: DagDefinition,
  key: TaskKey,
  state: "success" | "failed" | "skipped",
  note: string,
  now: Instant,
): Promise<Changed> {
  const [, changed, , ...following] = await database.$client.batch(
    [
      {
        sql: `UPDATE task_attempts SET state = :state, end_date = :now, error = :error WHERE ${IS_TASK} AND end_date IS NULL`,
        args: { ...key, state, now, error: revokedError(note) },
      },
      {
        sql: `UPDATE task_instances SET state = :state, lease_token = NULL, lease_until = NULL, takeovers = 0, note = :note, end_date = :now
          WHERE ${IS_TASK} RETURNING dag_id, run_id, task_id, map_key`,
        args: { ...key, state, note, now },
      },
      resetFollowing(dag, key),
      reopenRun(dag.dag_id, key.run_id, null, "true"),
      ...resumeStatements(dag, [key.run_id], now),
      ...freedSlots(pools, dag, now),
    ],
    "write",
  );
  return toChanged(dag.dag_id, changed, following);
}

/**
 * Tasks after it that have not begun (failed before, given up, queued, or skipped by a rule, which leaves no note) wait again, so that
 * the rules see the new state. Those that have begun or succeeded stay as they are.
 */
function resetFollowing(dag: DagDefinition, key: TaskKey): Statement {
  const affected = affectedBy(dag, key.task_id).map(({ task, same_key }) => [task.task_id, same_key ? key.map_key : null]);
  return {
    sql: `UPDATE task_instances SET ${RESET_TASK}
      WHERE ${IS_RUN} AND (state IN ('failed', 'upstream_failed', 'queued') OR (state = 'skipped' AND note IS NULL))
        AND EXISTS (SELECT 1 FROM json_each(:affected) WHERE value ->> 0 = task_id AND (value ->> 1 IS NULL OR value ->> 1 = map_key))`,
    args: { dag_id: key.dag_id, run_id: key.run_id, affected: JSON.stringify(affected), retries: retriesJson(dag) },
  };
}

/** Ends a run with all its tasks. */
export async function markRun(
  database: Database,
  pools: Pools,
  dag: DagDefinition,
  run_id: string,
  state: "success" | "failed",
  note: string,
  now: Instant,
): Promise<Changed> {
  const run = { dag_id: dag.dag_id, run_id };
  const ended = state === "failed" ? "CASE WHEN state = 'running' THEN 'failed' ELSE 'skipped' END" : "'success'";
  const concerned =
    state === "failed" ? `state NOT IN ${TERMINAL}` : `(state NOT IN ${TERMINAL} OR state IN ('failed', 'upstream_failed'))`;
  const [, changed, , ...following] = await database.$client.batch(
    [
      {
        sql: `UPDATE task_attempts SET state = :state, end_date = :now, error = :error WHERE ${IS_RUN} AND end_date IS NULL`,
        args: { ...run, state, now, error: revokedError(note) },
      },
      {
        sql: `UPDATE task_instances SET state = ${ended}, lease_token = NULL, lease_until = NULL, takeovers = 0, note = :note, end_date = :now
          WHERE ${IS_RUN} AND ${concerned} RETURNING dag_id, run_id, task_id, map_key`,
        args: { ...run, note, now },
      },
      {
        sql: `UPDATE dag_runs SET state = :state, end_date = :now, deadline_check_at = NULL WHERE ${IS_RUN}`,
        args: { ...run, state, now },
      },
      ...startRuns(dag, now),
      ...freedSlots(pools, dag, now),
    ],
    "write",
  );
  return toChanged(dag.dag_id, changed, following);
}
