import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { canonicalJson } from "../../../../shared/domain/hash.ts";
import type { BackfillMove, BackfillTurn } from "../../../../shared/ports/backfillStore.ts";
import type { Database } from "../database.ts";
import { RESET_TASK, reopenRun, resumeStatements, retriesJson } from "../ledger/reopen.ts";
import { insertRun, insertTasks } from "../ledger/runs.ts";
import { queuedTasks } from "../ledger/settle.ts";
import { startRuns } from "../ledger/start.ts";
import { IS_RUN, type Statement } from "../ledger/statements.ts";

/**
 * Takes the next interval of a backfill and does what is to be done about it, in one transaction: after a crash either both are there
 * or neither. Of two that take the same turn one finds next_index moved, and its token keeps it from doing anything.
 */
export async function takeTurn(database: Database, dag: DagDefinition, turn: BackfillTurn, move: BackfillMove): Promise<TaskKey[] | null> {
  const [taken, ...results] = await database.$client.batch(
    [takeIndex(turn, move.kind === "skip"), ...moveStatements(dag, turn, move), ...startRuns(dag, turn.now)],
    "write",
  );
  if (!taken?.rows.length) return null;
  return queuedTasks(
    dag.dag_id,
    results.flatMap((result) => result.rows),
  );
}

function takeIndex(turn: BackfillTurn, is_skip: boolean): Statement {
  return {
    sql: `UPDATE backfills SET next_index = next_index + 1, step_token = :token, skipped = skipped + :is_skip, updated_at = :now
      WHERE id = :id AND next_index = :index AND completed_at IS NULL AND is_paused = 0 AND (:is_skip OR max_active_runs > (
        SELECT count(*) FROM dag_runs WHERE backfill_id = :id AND state IN ('queued', 'running')))
      RETURNING id`,
    args: { id: turn.id, index: turn.index, token: turn.token, now: turn.now, is_skip: is_skip ? 1 : 0 },
  };
}

const HAS_TURN = "EXISTS (SELECT 1 FROM backfills WHERE id = :backfill_id AND step_token = :token)";

function moveStatements(dag: DagDefinition, turn: BackfillTurn, move: BackfillMove): Statement[] {
  const held = { backfill_id: turn.id, token: turn.token };
  if (move.kind === "skip") return [];
  if (move.kind === "create") {
    return [
      insertRun(move.run, turn.now, { sql: HAS_TURN, args: held }),
      insertTasks(move.run),
      adopt(dag, turn, move.run.run_id, move.run.conf),
    ];
  }
  const { run_id } = move;
  return [
    {
      sql: `UPDATE task_instances SET ${RESET_TASK} WHERE ${IS_RUN} AND ${HAS_TURN} AND EXISTS (
        SELECT 1 FROM dag_runs WHERE ${IS_RUN} AND state IN ('success', 'failed'))`,
      args: { dag_id: dag.dag_id, run_id, retries: retriesJson(dag), ...held },
    },
    withArgs(reopenRun(dag.dag_id, run_id, move.deadline_at, HAS_TURN), held),
    adopt(dag, turn, run_id, move.conf),
    ...resumeStatements(dag, [run_id], turn.now),
  ];
}

/** As in Airflow, a run that is run again belongs to the backfill from then on, with its conf. */
function adopt(dag: DagDefinition, turn: BackfillTurn, run_id: string, conf: Readonly<Record<string, unknown>>): Statement {
  return {
    sql: `UPDATE dag_runs SET backfill_id = :backfill_id, backfill_index = :index, conf = :conf
      WHERE ${IS_RUN} AND state = 'queued' AND ${HAS_TURN}`,
    args: { dag_id: dag.dag_id, run_id, backfill_id: turn.id, token: turn.token, index: turn.index, conf: canonicalJson(conf) },
  };
}

function withArgs(statement: Statement, args: Readonly<Record<string, string | number>>): Statement {
  return { sql: statement.sql, args: { ...(statement.args as Record<string, string | number | null>), ...args } };
}
