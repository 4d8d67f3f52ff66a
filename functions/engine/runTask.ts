import type { TaskKey } from "../../shared/contracts/dags.ts";
import type { Dag, Task, TaskDefinition } from "../../shared/dag/dag.ts";
import { findTask } from "../../shared/dag/dagGraph.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { ClaimedTask, Progress, TaskEnding } from "../../shared/ports/ledger.ts";
import { advanceBackfill } from "./advanceBackfill.ts";
import type { EngineDeps, TaskResult } from "./engineDeps.ts";
import { type ExecutedSlice, executeStep } from "./executeStep.ts";
import { sendHints } from "./sendHints.ts";
import { callbacksOf, endingOfFailure, endingOfOutcome } from "./taskEnding.ts";

/**
 * Claims a task, runs one slice of it and settles the result: two round trips to the ledger. Whatever happens between them (the
 * process dies, the store is away), the lease runs out and the slice is repeated from the same cursor.
 *
 * What a step writes, and the state that says it was written, agree in one of two ways:
 * - prepared (StepContext.withSettlement): written in the transaction of the settlement, under its lease. Feature rows are.
 * - written by the step itself, in a transaction of its own (bars with their counts of what was new, model versions with the number
 *   they get, objects of the lake): an upsert that gives the same rows however often it is repeated, since its window, its cursor and
 *   its ids come from the ledger and its time is not the clock's. A crash between the two repeats the slice and changes nothing. The
 *   write of a worker that was taken over from is the same write. So the rows are never less than the state says, and never twice.
 */
export async function runTask<Ports>(deps: EngineDeps<Ports>, key: TaskKey): Promise<TaskResult> {
  const dag = deps.dags.find((candidate) => candidate.dag_id === key.dag_id);
  if (!dag) return { key, outcome: "unknown" };
  const task = findTask(dag, key.task_id);
  if (!task) {
    // The definition has lost this task since the run was created: its instances are given up, so that the run can end.
    const { queued } = await deps.ledger.evaluate(dag, key.run_id, deps.clock.now());
    await sendHints(deps, queued);
    return { key, outcome: "unknown" };
  }
  const now = deps.clock.now();
  const claimed = await deps.ledger.claim(dag, key, { token: deps.newToken(), now, lease_until: now + deps.lease_ms });
  if (!claimed) return { key, outcome: "not_due" };
  const slice = await executeStep(deps, dag, task, claimed);
  const settled_at = deps.clock.now();
  const { ending, progress } = await settleSlice(deps, dag, task, claimed, slice, settled_at);
  if (!progress) return { key, outcome: "lease_lost" };
  if ("not_before" in ending) await deps.hints.send([key], ending.not_before - settled_at);
  await sendHints(deps, progress.queued);
  if (progress.backfill_id !== null) await sendHints(deps, (await advanceBackfill(deps, progress.backfill_id)).queued);
  return { key, outcome: ending.state };
}

/**
 * Writes the end of the slice, with what the step prepared. A prepared write that the store refuses is a failure of the task, or it
 * would be tried for ever as a lost worker's.
 */
async function settleSlice<Ports>(
  deps: EngineDeps<Ports>,
  dag: Dag<Ports>,
  task: Task<Ports>,
  claimed: ClaimedTask,
  slice: ExecutedSlice,
  now: Instant,
): Promise<{ ending: TaskEnding; progress: Progress | null }> {
  const ending = endingOf(slice, task, claimed, now);
  const settlement = { log: slice.log, now, callbacks: callbacksOf(ending, dag) };
  try {
    const progress = await deps.ledger.settle(dag, claimed.lease, { ...settlement, ending, effects: slice.effects });
    return { ending, progress };
  } catch (error) {
    const refusal = toAppError(error);
    if (slice.effects.length === 0 || refusal.retryable) throw error;
    return settleSlice(deps, dag, task, claimed, { outcome: refusal, log: `${slice.log}failed: ${refusal.message}\n`, effects: [] }, now);
  }
}

function endingOf(slice: ExecutedSlice, task: TaskDefinition, claimed: ClaimedTask, now: number) {
  const facts = { key: claimed.lease.key, try_number: claimed.lease.try_number, max_tries: claimed.max_tries };
  if (slice.outcome instanceof AppError) return endingOfFailure(slice.outcome, task, facts, now);
  return endingOfOutcome(slice.outcome, task, claimed.first_started_at, now);
}
