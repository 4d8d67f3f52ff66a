import { findTask } from "../../../../shared/dag/dagGraph.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import type { Lease, Ledger } from "../../../../shared/ports/ledger.ts";
import { type Database, withStore } from "../database.ts";
import { missDeadlines } from "./callbacks.ts";
import { claimTasks } from "./claim.ts";
import { createLedgerControl } from "./control.ts";
import { findDue, readPulse } from "./due.ts";
import { queryGrid } from "./grid.ts";
import { findGap, noteMissed, queryMissed } from "./missed.ts";
import { queryPools } from "./poolUse.ts";
import { queryAttempts, queryRun, queryRuns, queryTaskInstances, queryTasks } from "./queries.ts";
import { createRun, startWaitingRuns } from "./runs.ts";
import { evaluateRun, settleTasks } from "./settle.ts";

/**
 * The Ledger port on libSQL. Every method is one round trip and one transaction. `pools` are configuration; all workers on one database
 * must be given the same.
 */
export function createLedger(database: Database, pools: Pools = {}): Ledger {
  return {
    createRun: (dag, run, now) => withStore(() => createRun(database, dag, run, now)),
    claim: (dag, key, terms) => withStore(async () => (await claimTasks(database, pools, dag, key, terms, null)).tasks[0] ?? null),
    claimBlock: (dag, key, terms) =>
      withStore(() => claimTasks(database, pools, dag, key, terms, findTask(dag, key.task_id)?.block_ms ?? null)),
    heartbeat: (lease, lease_until) => withStore(() => extendLeases(database, [lease], lease_until)),
    heartbeatBlock: (leases, lease_until) => withStore(() => extendLeases(database, leases, lease_until)),
    settle: (dag, lease, { now, only_if_expired = false, ...ended }) =>
      withStore(() => settleTasks(database, pools, dag, { now, only_if_expired, ended: [{ lease, ...ended }] })),
    settleBlock: (dag, settlement) => withStore(() => settleTasks(database, pools, dag, settlement)),
    evaluate: (dag, run_id, now) => withStore(() => evaluateRun(database, dag, run_id, now)),
    startRuns: (dag, now) => withStore(() => startWaitingRuns(database, dag, now)),
    due: (query) => withStore(() => findDue(database, pools, query)),
    missDeadlines: (now) => withStore(() => missDeadlines(database, now)),
    runs: (dag_id, query) => withStore(() => queryRuns(database, dag_id, query)),
    run: (dag_id, run_id) => withStore(() => queryRun(database, dag_id, run_id)),
    taskInstances: (dag_id, run_id) => withStore(() => queryTaskInstances(database, dag_id, run_id)),
    tasks: (query) => withStore(() => queryTasks(database, query)),
    grid: (query) => withStore(() => queryGrid(database, query)),
    pools: () => withStore(() => queryPools(database, pools)),
    pulse: (now) => withStore(() => readPulse(database, now)),
    attempts: (key) => withStore(() => queryAttempts(database, key)),
    gapBefore: (dag_id, start) => withStore(() => findGap(database, dag_id, start)),
    noteMissed: (missed) => withStore(() => noteMissed(database, missed)),
    missedRuns: (query) => withStore(() => queryMissed(database, query)),
    ...createLedgerControl(database, pools),
  };
}

async function extendLeases(database: Database, leases: readonly Lease[], lease_until: number): Promise<boolean> {
  const held = leases.map(({ key, token }) => [key.dag_id, key.run_id, key.task_id, key.map_key, token]);
  const { rows } = await database.$client.execute({
    sql: `UPDATE task_instances SET lease_until = :lease_until WHERE (dag_id, run_id, task_id, map_key, lease_token) IN (
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(:held)) AND state = 'running'
      RETURNING task_id`,
    args: { held: JSON.stringify(held), lease_until },
  });
  return rows.length > 0;
}
