import type { Dag, Task } from "../../shared/dag/dag.ts";
import type { StepOutcome } from "../../shared/dag/step.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { Effect } from "../../shared/ports/effect.ts";
import type { ClaimedTask } from "../../shared/ports/ledger.ts";
import type { EngineDeps } from "./engineDeps.ts";
import { createStepContext, type StepOutlets, skipReason } from "./stepContext.ts";

/** What a slice did: an outcome or a failure, and the lines that it logged. */
export interface ExecutedSlice {
  readonly outcome: StepOutcome | AppError;
  readonly log: string;
  /** Writes that the step prepared; none of a failed one. */
  readonly effects: readonly Effect[];
}

/** Runs one slice of a claimed task: with a heartbeat that keeps the lease, and a timeout after which its result no longer counts. */
export async function executeStep<Ports>(
  deps: EngineDeps<Ports>,
  dag: Dag<Ports>,
  task: Task<Ports>,
  claimed: ClaimedTask,
): Promise<ExecutedSlice> {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(`${toIso(deps.clock.now())} ${line}\n`);
  const effects: Effect[] = [];
  const stopHeartbeat = startHeartbeat(deps, claimed, log);
  const timeout = startTimeout(deps, task);
  try {
    const outcome = await Promise.race([
      runStep(deps, dag, task, claimed, { log, withSettlement: (effect) => void effects.push(effect) }),
      timeout.passed,
    ]);
    if (outcome.kind === "skipped") log(`skipped: ${outcome.reason}`);
    return { outcome, log: lines.join(""), effects: [...effects] };
  } catch (error) {
    const failure = toAppError(error);
    log(`failed: ${failure.code}: ${failure.message}`);
    return { outcome: failure, log: lines.join(""), effects: [] };
  } finally {
    timeout.cancel();
    await stopHeartbeat();
  }
}

async function runStep<Ports>(
  deps: EngineDeps<Ports>,
  dag: Dag<Ports>,
  task: Task<Ports>,
  claimed: ClaimedTask,
  outlets: StepOutlets,
): Promise<StepOutcome> {
  const reason = skipReason(task, claimed);
  if (reason !== null) return { kind: "skipped", reason };
  return task.step.run(deps.ports, createStepContext(dag, task, claimed, outlets));
}

function startTimeout<Ports>(deps: EngineDeps<Ports>, task: Task<Ports>): { passed: Promise<never>; cancel: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const message = `The step ${task.step.name} took longer than its timeout of ${task.timeout_ms} ms`;
  const cancel = deps.timers.after(task.timeout_ms, () => reject(new AppError("task_timeout", message, { retryable: true })));
  return { passed: promise, cancel };
}

/**
 * Extends the lease every heartbeat_ms until it is stopped, or until the lease is found lost (the ledger then refuses the result). Stopping
 * waits for a beat that is under way: left alone, it would still be writing when the event that it belongs to ends, which cuts it off.
 */
function startHeartbeat<Ports>(deps: EngineDeps<Ports>, claimed: ClaimedTask, log: (line: string) => void): () => Promise<void> {
  let is_stopped = false;
  let cancel = () => {};
  let under_way = Promise.resolve();
  const beat = async () => {
    const is_held = await deps.ledger.heartbeat(claimed.lease, deps.clock.now() + deps.lease_ms).catch((error: unknown) => {
      // The lease outlives some lost heartbeats, and the step may still end well.
      log(`heartbeat failed: ${toAppError(error).message}`);
      return true;
    });
    if (is_held) next();
    else log("the lease was lost to another worker");
  };
  const next = () => {
    if (is_stopped) return;
    cancel = deps.timers.after(deps.heartbeat_ms, () => {
      under_way = beat();
    });
  };
  next();
  return () => {
    is_stopped = true;
    cancel();
    return under_way;
  };
}
