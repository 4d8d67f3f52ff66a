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
 * Takes the next intervals of a backfill, one a move, and does what is to be done about them, in one transaction: after a crash either both are there
 * or neither. Of two that take the same turn one finds next_index moved, and its token keeps it from doing anything.
 */
export async function takeTurn(
  database: Database,
  dag: DagDefinition,
  turn: BackfillTurn,
  moves: readonly BackfillMove[],
): Promise<TaskKey[] | null> {
  const made = moves.flatMap((move, index) => moveStatements(dag, { ...turn, index: turn.index + index }, move));
  const [taken, ...results] = await database.$client.batch([takeIntervals(turn, moves), ...made, ...startRuns(dag, turn.now)], "write");
  if (!taken?.rows.length) return null;
  return queuedTasks(
    dag.dag_id,
    results.flatMap((result) => result.rows),
  );
}

function takeIntervals(turn: BackfillTurn, moves: readonly BackfillMove[]): Statement {
  const skips = moves.filter(({ kind }) => kind === "skip").length;
  return {
    sql: `UPDATE backfills SET next_index = next_index + :skips + :runs, step_token = :token, skipped = skipped + :skips, updated_at = :now
      WHERE id = :id AND next_index = :index AND completed_at IS NULL AND is_paused = 0 AND (:runs = 0 OR max_active_runs >= :runs + (
        SELECT count(*) FROM dag_runs WHERE backfill_id = :id AND state IN ('queued', 'running')))
      RETURNING id`,
    args: { id: turn.id, index: turn.index, token: turn.token, now: turn.now, skips, runs: moves.length - skips },
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
