import type { Dag, Task } from "../../shared/dag/dag.ts";
import type { SliceContext, StepOutcome } from "../../shared/dag/step.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { Effect } from "../../shared/ports/effect.ts";
import type { ClaimedTask } from "../../shared/ports/ledger.ts";
import type { EngineDeps } from "./engineDeps.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { createStepContext, skipReason } from "./stepContext.ts";

/** What a slice did: an outcome or a failure, and the lines that it logged. */
export interface ExecutedSlice {
  readonly outcome: StepOutcome | AppError;
  readonly log: string;
  /** Writes that the step prepared; none of a failed one. */
  readonly effects: readonly Effect[];
}

/**
 * Runs one slice of a claimed task: with a heartbeat that keeps the lease, and a timeout after which its result no longer counts. `held`:
 * what else of its block waits for its turn, and is to be kept meanwhile.
 */
export async function executeStep<Ports>(
  deps: EngineDeps<Ports>,
  dag: Dag<Ports>,
  task: Task<Ports>,
  claimed: ClaimedTask,
  held: readonly ClaimedTask[],
): Promise<ExecutedSlice> {
  const slice = openSlice(deps, dag, task, claimed);
  try {
    return slice.end(await inTime(deps, task, held, slice.log, () => runStep(deps, task, slice)));
  } catch (error) {
    return slice.fail(toAppError(error));
  }
}

/** Runs a block of claimed tasks at once. Null: it is not to be had at once, or has failed; nothing of it counts then. */
export async function executeBlock<Ports>(
  deps: EngineDeps<Ports>,
  dag: Dag<Ports>,
  task: Task<Ports>,
  claimed: readonly ClaimedTask[],
): Promise<readonly ExecutedSlice[] | null> {
  const slices = claimed.map((one) => openSlice(deps, dag, task, one));
  const [first] = slices;
  if (!first || !task.step.block || slices.some(({ skipped }) => skipped !== null)) return null;
  const contexts = slices.map(({ context }) => context);
  try {
    const outcomes = await inTime(deps, task, claimed, first.log, () => task.step.block!.run(deps.ports, contexts));
    return outcomes && slices.map((slice, index) => slice.end(outcomes[index]!));
  } catch {
    // Each is run by itself next, and what has failed says so there, in the log of its own try.
    return null;
  }
}

interface OpenSlice {
  readonly context: SliceContext;
  /** Why its DAG says to skip it, or null. */
  readonly skipped: string | null;
  log(line: string): void;
  end(outcome: StepOutcome): ExecutedSlice;
  fail(failure: AppError): ExecutedSlice;
}

function openSlice<Ports>(deps: EngineDeps<Ports>, dag: Dag<Ports>, task: Task<Ports>, claimed: ClaimedTask): OpenSlice {
  const lines: string[] = [];
  const effects: Effect[] = [];
  const log = (line: string) => void lines.push(`${toIso(deps.clock.now())} ${line}\n`);
  return {
    context: createStepContext(dag, task, claimed, { log, withSettlement: (effect) => void effects.push(effect) }),
    skipped: skipReason(task, claimed),
    log,
    end(outcome) {
      if (outcome.kind === "skipped") log(`skipped: ${outcome.reason}`);
      return { outcome, log: lines.join(""), effects: [...effects] };
    },
    fail(failure) {
      log(`failed: ${failure.code}: ${failure.message}`);
      return { outcome: failure, log: lines.join(""), effects: [] };
    },
  };
}

async function runStep<Ports>(deps: EngineDeps<Ports>, task: Task<Ports>, { context, skipped }: OpenSlice): Promise<StepOutcome> {
  return skipped === null ? task.step.run(deps.ports, context) : { kind: "skipped", reason: skipped };
}

async function inTime<Ports, Result>(
  deps: EngineDeps<Ports>,
  task: Task<Ports>,
  held: readonly ClaimedTask[],
  log: (line: string) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const leases = held.map(({ lease }) => lease);
  const stopHeartbeat = startHeartbeat(deps, leases, log);
  const timeout = startTimeout(deps, task);
  try {
    return await Promise.race([work(), timeout.passed]);
  } finally {
    timeout.cancel();
    await stopHeartbeat();
  }
}

function startTimeout<Ports>(deps: EngineDeps<Ports>, task: Task<Ports>): { passed: Promise<never>; cancel: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const message = `The step ${task.step.name} took longer than its timeout of ${task.timeout_ms} ms`;
  const cancel = deps.timers.after(task.timeout_ms, () => reject(new AppError("task_timeout", message, { retryable: true })));
  return { passed: promise, cancel };
}
