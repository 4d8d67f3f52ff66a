import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { createLedger } from "../../../functions/adapters/libsql/ledger/ledger.ts";
import type { TaskKey } from "../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../shared/dag/dag.ts";
import { defineDag, defineTask } from "../../../shared/dag/defineDag.ts";
import type { Pools } from "../../../shared/dag/pool.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import type { ClaimedTask, Ledger, TaskEnding } from "../../../shared/ports/ledger.ts";
import { NOW, type TaskDraft } from "./pipelineFixtures.ts";

export const DONE: TaskEnding = { state: "success", report: { written: 1 } };
export const BROKEN: TaskEnding = { state: "failed", error: { code: "internal", message: "broken", retryable: false } };
export const NOTHING: TaskEnding = { state: "skipped", note: "nothing to do" };
export const ENDINGS = { success: DONE, failed: BROKEN, skipped: NOTHING };

let dags = 0;
let tokens = 0;

/** Short words for the contract tests of a ledger. Every DAG has its own id, so that tests can share a database. */
export function createLedgerHarness(database: Database, pools: Pools = {}) {
  const ledger: Ledger = createLedger(database, pools);
  const makeDag = (tasks: readonly TaskDraft[], max_active_runs = 1): DagDefinition =>
    defineDag({ dag_id: `dag_${++dags}`, description: "", schedule: null, max_active_runs, tasks: tasks.map(defineTask) });

  const createRun = (dag: DagDefinition, hour = 0, keys: readonly string[] = ["a", "b"], sources: readonly string[] = ["s", "t"]) => {
    const tasks = dag.tasks.flatMap((task) =>
      (task.map_over === null ? [""] : task.map_over === "source" ? sources : keys).map((map_key) => ({
        task_id: task.task_id,
        map_key,
        max_tries: task.retries,
        pool: task.pool,
      })),
    );
    const window = { start: NOW + (hour - 1) * HOUR, end: NOW + hour * HOUR };
    return ledger.createRun(
      dag,
      { dag_id: dag.dag_id, run_id: `run_${hour}`, run_type: "manual", window, conf: {}, triggered_by: "test", deadline_at: null, tasks },
      NOW,
    );
  };
  const keyOf = (dag: DagDefinition, task_id: string, map_key = "", run_id = "run_0"): TaskKey => ({
    dag_id: dag.dag_id,
    run_id,
    task_id,
    map_key,
  });
  const claim = (dag: DagDefinition, key: TaskKey, now = NOW) =>
    ledger.claim(dag, key, { token: `token-${++tokens}`, now, lease_until: now + 60_000 });
  const claimed = async (dag: DagDefinition, key: TaskKey, now = NOW): Promise<ClaimedTask> => (await claim(dag, key, now))!;
  const finish = async (dag: DagDefinition, key: TaskKey, ending: TaskEnding, now = NOW) =>
    ledger.settle(dag, (await claimed(dag, key, now)).lease, { ending, log: "", now });
  const statesOf = async (dag: DagDefinition, run_id = "run_0") =>
    Object.fromEntries(
      (await ledger.taskInstances(dag.dag_id, run_id)).map((one) => [
        one.map_key ? `${one.task_id}/${one.map_key}` : one.task_id,
        one.state,
      ]),
    );
  const due = (dag: DagDefinition, now = NOW) => ledger.due({ dag_ids: [dag.dag_id], now, limit: 10 });
  return { ledger, makeDag, createRun, keyOf, claim, claimed, finish, statesOf, due };
}
