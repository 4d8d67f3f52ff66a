import type { TaskKey } from "../../shared/contracts/dags.ts";
import type { Dag, Task, TaskDefinition } from "../../shared/dag/dag.ts";
import { findTask } from "../../shared/dag/dagGraph.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { ClaimedTask, Progress, TaskEnding } from "../../shared/ports/ledger.ts";
import { advanceBackfill } from "./advanceBackfill.ts";
import type { EngineDeps, TaskResult } from "./engineDeps.ts";
import { type ExecutedSlice, executeBlock, executeStep } from "./executeStep.ts";
import { sendHints } from "./sendHints.ts";
import { callbacksOf, endingOfFailure, endingOfOutcome } from "./taskEnding.ts";

/**
 * Claims a task, runs one slice of it and settles the result: two round trips to the ledger. Whatever happens between them (the
 * process dies, the store is away), the lease runs out and the slice is repeated from the same cursor.
 *
 * A slice may be a block: the same task of several runs of a backfill, claimed together, done at once by the step (StepBlock) and settled
 * in one transaction, each with its own report. A block is all or nothing. Where it cannot be done or written as a whole, each of its tasks
 * is run by itself under the lease that it has, as if there were no blocks: so a failure is that of its own run.
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
  const claimed = await deps.ledger.claimBlock(dag, key, { token: deps.newToken(), now, lease_until: now + deps.lease_ms });
  if (claimed.next) await sendHints(deps, [claimed.next]);
  const results = await runClaimed(deps, dag, task, claimed.tasks);
  return results.find((result) => result.key.run_id === key.run_id) ?? { key, outcome: "not_due" };
}

async function runClaimed<Ports>(
  deps: EngineDeps<Ports>,
  dag: Dag<Ports>,
  task: Task<Ports>,
  claimed: readonly ClaimedTask[],
): Promise<readonly TaskResult[]> {
  const slices = claimed.length > 1 ? await executeBlock(deps, dag, task, claimed) : null;
  const settled = slices && (await settleBlock(deps, dag, task, claimed, slices).finally(() => release(slices)));
  if (settled) return settled;
  const results: TaskResult[] = [];
  for (const [index, one] of claimed.entries()) {
    const slice = await executeStep(deps, dag, task, one, claimed.slice(index));
    results.push(await settleSlice(deps, dag, task, one, slice).finally(() => release([slice])));
  }
  return results;
}

/** What was prepared is written, or given up: it has not to stand in memory until the collector comes. */
function release(slices: readonly ExecutedSlice[]): void {
  for (const { effects } of slices) for (const effect of effects) effect.release();
}

/** Null: a lease was lost, or the store refuses what was prepared. Then nothing is written, and each has to be looked at by itself. */
async function settleBlock<Ports>(
  deps: EngineDeps<Ports>,
  dag: Dag<Ports>,
  task: Task<Ports>,
  claimed: readonly ClaimedTask[],
  slices: readonly ExecutedSlice[],
): Promise<readonly TaskResult[] | null> {
  const now = deps.clock.now();
  const ended = slices.map((slice, index) => endedTask(slice, dag, task, claimed[index]!, now));
  try {
    const progress = await deps.ledger.settleBlock(dag, { ended, now });
    return progress && (await follow(deps, ended, progress, now));
  } catch (error) {
    if (toAppError(error).retryable) throw error;
    return null;
  }
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
): Promise<TaskResult> {
  const now = deps.clock.now();
  const ended = endedTask(slice, dag, task, claimed, now);
  try {
    const progress = await deps.ledger.settleBlock(dag, { ended: [ended], now });
    if (!progress) return { key: claimed.lease.key, outcome: "lease_lost" };
    const [result] = await follow(deps, [ended], progress, now);
    return result!;
  } catch (error) {
    const refusal = toAppError(error);
    if (slice.effects.length === 0 || refusal.retryable) throw error;
    return settleSlice(deps, dag, task, claimed, { outcome: refusal, log: `${slice.log}failed: ${refusal.message}\n`, effects: [] });
  }
}

/** Says what is due now. */
async function follow<Ports>(
  deps: EngineDeps<Ports>,
  ended: readonly { readonly lease: { readonly key: TaskKey }; readonly ending: TaskEnding }[],
  progress: Progress,
  now: Instant,
): Promise<readonly TaskResult[]> {
  for (const { lease, ending } of ended) if ("not_before" in ending) await deps.hints.send([lease.key], ending.not_before - now);
  await sendHints(deps, progress.queued);
  if (progress.backfill_id !== null) await sendHints(deps, (await advanceBackfill(deps, progress.backfill_id)).queued);
  return ended.map(({ lease, ending }) => ({ key: lease.key, outcome: ending.state }));
}

function endedTask<Ports>(slice: ExecutedSlice, dag: Dag<Ports>, task: Task<Ports>, claimed: ClaimedTask, now: Instant) {
  const ending = endingOf(slice, task, claimed, now);
  return { lease: claimed.lease, ending, log: slice.log, callbacks: callbacksOf(ending, dag), effects: slice.effects };
}

function endingOf(slice: ExecutedSlice, task: TaskDefinition, claimed: ClaimedTask, now: number): TaskEnding {
  const facts = { key: claimed.lease.key, try_number: claimed.lease.try_number, max_tries: claimed.max_tries };
  if (slice.outcome instanceof AppError) return endingOfFailure(slice.outcome, task, facts, now);
  return endingOfOutcome(slice.outcome, task, claimed.first_started_at, now);
}
