import type { TaskKey } from "../../shared/contracts/dags.ts";
import { findTask } from "../../shared/dag/dagGraph.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import type { ExpiredLease } from "../../shared/ports/ledger.ts";
import { advanceBackfill } from "./advanceBackfill.ts";
import type { EngineDeps } from "./engineDeps.ts";
import { callbacksOf, endingOfLostLease } from "./taskEnding.ts";

/** Due work found without any hint. */
export interface Swept {
  /** Tasks that are due now. */
  readonly due: readonly TaskKey[];
  /** Leases of lost workers that were ended, runs that were evaluated again, DAGs whose waiting runs were looked at. */
  readonly taken_over: number;
  readonly evaluated: number;
  readonly started: number;
  /** Runs that were found late, intervals of backfills that were taken, callbacks that wait. */
  readonly late: number;
  readonly advanced: number;
  readonly pending_callbacks: number;
  /** When the next task falls due, if none is due now. */
  readonly next_due_at: Instant | null;
}

/** More than this waits for the next sweep: a sweep has to fit one invocation. */
export const SWEEP_LIMIT = 100;

/**
 * Finds everything that is due: one query when nothing is. It mends what a lost worker left, tells of late runs, takes backfills on, and
 * sends no hint itself.
 */
export async function findDueWork<Ports>(deps: EngineDeps<Ports>, limit: number): Promise<Swept> {
  const now = deps.clock.now();
  const work = await deps.ledger.due({ dag_ids: deps.dags.map((dag) => dag.dag_id), now, limit });
  const due: TaskKey[] = [...work.tasks];
  for (const expired of work.expired) due.push(...(await takeOver(deps, expired, now)));
  for (const { dag_id, run_id } of work.stalled) {
    const progress = await deps.ledger.evaluate(dagOf(deps, dag_id), run_id, now);
    due.push(...progress.queued);
  }
  const startable = work.waiting.filter(({ dag_id, running, limit }) => running < (limit ?? dagOf(deps, dag_id).max_active_runs));
  const startable_dags = new Set(startable.map(({ dag_id }) => dag_id));
  for (const dag_id of startable_dags) due.push(...(await deps.ledger.startRuns(dagOf(deps, dag_id), now)));
  const late = work.late_runs > 0 ? await deps.ledger.missDeadlines(now) : 0;
  let advanced = 0;
  for (const id of work.backfill_ids) {
    const step = await advanceBackfill(deps, id);
    due.push(...step.queued);
    advanced += step.turns;
  }
  const counts = { taken_over: work.expired.length, evaluated: work.stalled.length, started: startable_dags.size, late, advanced };
  return { due, ...counts, pending_callbacks: work.pending_callbacks + late, next_due_at: work.next_due_at };
}

async function takeOver<Ports>(deps: EngineDeps<Ports>, expired: ExpiredLease, now: Instant): Promise<TaskKey[]> {
  const { key, try_number } = expired.lease;
  const dag = dagOf(deps, key.dag_id);
  const task = findTask(dag, key.task_id);
  const facts = { key, try_number, max_tries: expired.max_tries, takeovers: expired.takeovers };
  const ending = task
    ? endingOfLostLease(task, facts, deps.max_takeovers, now)
    : ({
        state: "failed",
        error: { code: "lease_expired", message: "lease expired, and the DAG no longer has this task", retryable: false },
      } as const);
  const progress = await deps.ledger.settle(dag, expired.lease, {
    ending,
    log: "",
    now,
    only_if_expired: true,
    callbacks: callbacksOf(ending, dag),
  });
  if (!progress) return [];
  return ending.state === "up_for_retry" && ending.not_before <= now ? [key, ...progress.queued] : [...progress.queued];
}

/** The query asked for known DAGs only. */
function dagOf<Ports>(deps: EngineDeps<Ports>, dag_id: string) {
  return deps.dags.find((dag) => dag.dag_id === dag_id)!;
}
