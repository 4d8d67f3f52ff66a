import type { Pools } from "../../../../shared/dag/pool.ts";
import type { Lease, Ledger } from "../../../../shared/ports/ledger.ts";
import { type Database, withStore } from "../database.ts";
import { missDeadlines } from "./callbacks.ts";
import { claimTask } from "./claim.ts";
import { createLedgerControl } from "./control.ts";
import { findDue } from "./due.ts";
import { findGap, noteMissed, queryMissed } from "./missed.ts";
import { queryAttempts, queryRun, queryRuns, queryTaskInstances } from "./queries.ts";
import { createRun, startWaitingRuns } from "./runs.ts";
import { evaluateRun, settleTask } from "./settle.ts";
import { IS_TASK } from "./statements.ts";

/**
 * The Ledger port on libSQL. Every method is one round trip and one transaction. `pools` are configuration; all workers on one database
 * must be given the same.
 */
export function createLedger(database: Database, pools: Pools = {}): Ledger {
  return {
    createRun: (dag, run, now) => withStore(() => createRun(database, dag, run, now)),
    claim: (dag, key, terms) => withStore(() => claimTask(database, pools, dag, key, terms)),
    heartbeat: (lease, lease_until) => withStore(() => extendLease(database, lease, lease_until)),
    settle: (dag, lease, settlement) => withStore(() => settleTask(database, pools, dag, lease, settlement)),
    evaluate: (dag, run_id, now) => withStore(() => evaluateRun(database, dag, run_id, now)),
    startRuns: (dag, now) => withStore(() => startWaitingRuns(database, dag, now)),
    due: (query) => withStore(() => findDue(database, pools, query)),
    missDeadlines: (now) => withStore(() => missDeadlines(database, now)),
    runs: (dag_id, query) => withStore(() => queryRuns(database, dag_id, query)),
    run: (dag_id, run_id) => withStore(() => queryRun(database, dag_id, run_id)),
    taskInstances: (dag_id, run_id) => withStore(() => queryTaskInstances(database, dag_id, run_id)),
    attempts: (key) => withStore(() => queryAttempts(database, key)),
    gapBefore: (dag_id, start) => withStore(() => findGap(database, dag_id, start)),
    noteMissed: (missed) => withStore(() => noteMissed(database, missed)),
    missedRuns: (query) => withStore(() => queryMissed(database, query)),
    ...createLedgerControl(database, pools),
  };
}

async function extendLease(database: Database, lease: Lease, lease_until: number): Promise<boolean> {
  const { rows } = await database.$client.execute({
    sql: `UPDATE task_instances SET lease_until = :lease_until WHERE ${IS_TASK} AND state = 'running' AND lease_token = :token
      RETURNING task_id`,
    args: { ...lease.key, token: lease.token, lease_until },
  });
  return rows.length > 0;
}
