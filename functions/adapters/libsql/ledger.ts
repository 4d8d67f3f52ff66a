import type { Lease, Ledger } from "../../../shared/ports/ledger.ts";
import { type Database, withStore } from "./database.ts";
import { claimTask } from "./ledgerClaim.ts";
import { queryAttempts, queryRun, queryRuns, queryTaskInstances } from "./ledgerQueries.ts";
import { createRun, findDue, startWaitingRuns } from "./ledgerRuns.ts";
import { evaluateRun, settleTask } from "./ledgerSettle.ts";
import { IS_TASK } from "./ledgerStatements.ts";

/** The Ledger port on libSQL. Every method is one round trip and one transaction. */
export function createLedger(database: Database): Ledger {
  return {
    createRun: (dag, run, now) => withStore(() => createRun(database, dag, run, now)),
    claim: (dag, key, terms) => withStore(() => claimTask(database, dag, key, terms)),
    heartbeat: (lease, lease_until) => withStore(() => extendLease(database, lease, lease_until)),
    settle: (dag, lease, settlement) => withStore(() => settleTask(database, dag, lease, settlement)),
    evaluate: (dag, run_id, now) => withStore(() => evaluateRun(database, dag, run_id, now)),
    startRuns: (dag, now) => withStore(() => startWaitingRuns(database, dag, now)),
    due: (query) => withStore(() => findDue(database, query)),
    runs: (dag_id, query) => withStore(() => queryRuns(database, dag_id, query)),
    run: (dag_id, run_id) => withStore(() => queryRun(database, dag_id, run_id)),
    taskInstances: (dag_id, run_id) => withStore(() => queryTaskInstances(database, dag_id, run_id)),
    attempts: (key) => withStore(() => queryAttempts(database, key)),
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
