import type { TaskKey } from "../../shared/contracts/dags.ts";
import { checkDag } from "../../shared/dag/checkDag.ts";
import { checkReads } from "../../shared/dag/checkReads.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { TriggeredRun, TriggerRun } from "../../shared/ports/triggerRun.ts";
import { deliverCallbacks } from "./deliverCallbacks.ts";
import type { EngineDeps, TaskResult } from "./engineDeps.ts";
import { runTask } from "./runTask.ts";
import { scheduleRuns } from "./scheduleRuns.ts";
import { oneOfBlocks, sendHints } from "./sendHints.ts";
import { findDueWork, SWEEP_LIMIT, type Swept } from "./sweep.ts";
import { createTriggerRun } from "./triggerRun.ts";

export interface Engine extends TriggerRun {
  /** Creates the runs that a cron of wrangler.toml stands for, each once, however often it fires. */
  schedule(trigger_cron: string, scheduled_time: Instant): Promise<readonly TriggeredRun[]>;
  /** Does what a queue message asks for, if it is due: one slice of one task. */
  runHint(hint: TaskKey): Promise<TaskResult>;
  /** Finds what is due without hints, mends what lost workers left, and sends hints for it. For every minute, and at boot. */
  sweep(limit?: number): Promise<Swept & { readonly delivered: number }>;
  /**
   * Runs tasks one after the other until none is due, and returns how many slices that took. With `advanceTo`, which has to set the
   * clock, it also waits for retries and reschedules. For tests and for one-shot commands: it uses no hints.
   */
  drain(options?: { readonly advanceTo?: (instant: Instant) => void; readonly max_slices?: number }): Promise<number>;
}

export function createEngine<Ports>(deps: EngineDeps<Ports>): Engine {
  checkDeps(deps);
  const trigger = createTriggerRun(deps);
  return {
    ...trigger,
    schedule: (trigger_cron, scheduled_time) => scheduleRuns(deps, trigger, trigger_cron, scheduled_time),
    runHint: (hint) => runTask(deps, hint),
    sweep: async (limit = SWEEP_LIMIT) => {
      const swept = await findDueWork(deps, limit);
      await sendHints(deps, swept.due);
      // Last: a receiver that is slow or away must not keep work from starting.
      const delivered = swept.pending_callbacks > 0 ? await deliverCallbacks(deps) : 0;
      return { ...swept, delivered };
    },
    drain: (options = {}) => drain(deps, options),
  };
}

async function drain<Ports>(
  deps: EngineDeps<Ports>,
  options: { readonly advanceTo?: (instant: Instant) => void; readonly max_slices?: number },
): Promise<number> {
  const max_slices = options.max_slices ?? 10_000;
  for (let slices = 0; ; ) {
    const { due, taken_over, evaluated, started, advanced, next_due_at } = await findDueWork(deps, SWEEP_LIMIT);
    for (const key of oneOfBlocks(deps.dags, due)) {
      if (++slices > max_slices) throw new AppError("internal", `Tasks were still due after ${max_slices} slices: a step never ends`);
      await runTask(deps, key);
    }
    if (due.length + taken_over + evaluated + started + advanced > 0) continue;
    if (!options.advanceTo || next_due_at === null) return slices;
    options.advanceTo(next_due_at);
  }
}

function checkDeps<Ports>(deps: EngineDeps<Ports>): void {
  const problems = deps.dags.flatMap((dag) => [...checkDag(dag, deps.pools), ...checkReads(dag)]);
  const ids = deps.dags.map((dag) => dag.dag_id);
  if (new Set(ids).size < ids.length) problems.push(`two DAGs have the same id among ${ids.join(", ")}`);
  if (deps.heartbeat_ms * 2 > deps.lease_ms)
    problems.push(`heartbeat_ms ${deps.heartbeat_ms} is more than half of lease_ms ${deps.lease_ms}`);
  const { instrument, source } = deps.default_map_keys;
  problems.push(...instrument.filter((key) => source.includes(key)).map((key) => `"${key}" is both an instrument and a news source`));
  if (problems.length > 0) throw new AppError("invalid_dag", `The pipelines cannot run:\n- ${problems.join("\n- ")}`);
}
