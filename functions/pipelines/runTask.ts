import type { TaskKey } from "../../shared/contracts/dags.ts";
import type { TaskDefinition } from "../../shared/domain/dag.ts";
import { AppError } from "../../shared/errors.ts";
import type { ClaimedTask } from "../../shared/ports/ledger.ts";
import type { EngineDeps, TaskResult } from "./engineDeps.ts";
import { type ExecutedSlice, executeStep } from "./executeStep.ts";
import { endingOfFailure, endingOfOutcome } from "./taskEnding.ts";

/**
 * Claims a task, runs one slice of it and settles the result: two round trips to the ledger. Whatever happens between them (the
 * process dies, the store is away), the lease runs out and the slice is repeated from the same cursor.
 */
export async function runTask<Ports>(deps: EngineDeps<Ports>, key: TaskKey): Promise<TaskResult> {
  const dag = deps.dags.find((candidate) => candidate.dag_id === key.dag_id);
  if (!dag) return { key, outcome: "unknown" };
  const task = dag.tasks.find((candidate) => candidate.task_id === key.task_id);
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
  const ending = endingOf(slice, task, claimed, settled_at);
  const progress = await deps.ledger.settle(dag, claimed.lease, { ending, log: slice.log, now: settled_at });
  if (!progress) return { key, outcome: "lease_lost" };
  if ("not_before" in ending) await deps.hints.send([key], ending.not_before - settled_at);
  await sendHints(deps, progress.queued);
  return { key, outcome: ending.state };
}

export async function sendHints<Ports>(deps: EngineDeps<Ports>, keys: readonly TaskKey[]): Promise<void> {
  if (keys.length > 0) await deps.hints.send(keys);
}

function endingOf(slice: ExecutedSlice, task: TaskDefinition, claimed: ClaimedTask, now: number) {
  const facts = { key: claimed.lease.key, try_number: claimed.lease.try_number, max_tries: claimed.max_tries };
  if (slice.outcome instanceof AppError) return endingOfFailure(slice.outcome, task, facts, now);
  return endingOfOutcome(slice.outcome, now);
}
