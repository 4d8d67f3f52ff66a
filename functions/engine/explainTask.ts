import type { Dependency } from "../../shared/contracts/control.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { findTask } from "../../shared/dag/dagGraph.ts";
import { isTerminal } from "../../shared/dag/taskState.ts";
import { type Instant, toIso } from "../../shared/domain/instant.ts";
import type { TaskFacts } from "../../shared/ports/ledgerControl.ts";
import type { LedgerTask } from "../../shared/ports/ledgerRecords.ts";

/** One reason why a task does not run. `name` is for programs, `reason` a sentence for people. */
export interface Obstacle {
  readonly name: Dependency["name"];
  readonly reason: string;
  /** When it passes, where that is known. */
  readonly until: Instant | null;
}

/** Names listed in one sentence. */
const MAX_NAMED = 5;

/** Why a task does not run, everything at once: each has to pass before it does. Of one that may run: that it only waits for a worker. */
export function explainTask(dag: DagDefinition, facts: TaskFacts, now: Instant): Obstacle[] {
  const { task } = facts;
  if (task.state !== null && isTerminal(task.state)) return [because("task_ended", endedReason(task))];
  if (task.state === "running") return [leased(facts, now)];
  const reasons = [...runReasons(dag, facts), ...(task.state === null ? upstreamReasons(dag, facts) : waitReasons(facts, now))];
  if (reasons.length > 0) return reasons;
  return [
    because(
      "due",
      task.state === null
        ? "Its upstream tasks are done: the next sweep decides about it."
        : "Nothing is in its way: it waits for a worker.",
    ),
  ];
}

function because(name: Dependency["name"], reason: string, until: Instant | null = null): Obstacle {
  return { name, reason, until };
}

function endedReason(task: LedgerTask): string {
  const why = task.note ? ` (${task.note})` : "";
  return `It has ended as ${task.state}${why}${task.ended_at === null ? "" : `, at ${toIso(task.ended_at)}`}. Clear it to run it again.`;
}

function leased({ task, lease_until }: TaskFacts, now: Instant): Obstacle {
  if (lease_until === null) return because("leased", `Try ${task.try_number} runs.`);
  const lost = lease_until <= now ? " It has run out: the worker was lost, and the next sweep takes the task over." : "";
  return because("leased", `Try ${task.try_number} runs; its worker's lease holds until ${toIso(lease_until)}.${lost}`, lease_until);
}

function runReasons(dag: DagDefinition, { run, is_dag_paused, backfill, running_runs }: TaskFacts): Obstacle[] {
  const reasons: Obstacle[] = [];
  if (is_dag_paused) reasons.push(because("dag_paused", `The DAG ${dag.dag_id} is paused: none of its runs and tasks start.`));
  if (run.state === "success" || run.state === "failed") reasons.push(because("run_ended", `The run has ended as ${run.state}.`));
  if (run.state !== "queued") return reasons;
  if (backfill?.is_paused) reasons.push(because("backfill_paused", `Backfill ${backfill.id} is paused: none of its runs start.`));
  const limit = backfill?.max_active_runs ?? dag.max_active_runs;
  if (running_runs.length >= limit) {
    const of = backfill ? `backfill ${backfill.id}` : dag.dag_id;
    reasons.push(because("run_queued", `The run waits: ${of} has max_active_runs ${limit}, and these run: ${named(running_runs)}.`));
  }
  return reasons.length > 0 ? reasons : [because("run_queued", "The run is queued: the next sweep starts it.")];
}

function upstreamReasons(dag: DagDefinition, { task, upstream }: TaskFacts): Obstacle[] {
  const rule = findTask(dag, task.task_id)?.trigger_rule;
  if (rule === undefined) return [because("upstream", "The DAG no longer has this task: the next sweep gives it up.")];
  return upstream
    .filter((other) => other.state === null || !isTerminal(other.state))
    .map((other) => because("upstream", `It waits for ${labelOf(other)}, which is ${other.state ?? "waiting itself"} (rule ${rule}).`));
}

function waitReasons({ task, pool }: TaskFacts, now: Instant): Obstacle[] {
  const reasons: Obstacle[] = [];
  if (task.not_before !== null && task.not_before > now) {
    const [at, note] = [toIso(task.not_before), task.note ? `: ${task.note}` : ""];
    if (task.state === "up_for_retry")
      reasons.push(because("retry_delay", `Try ${task.try_number} failed; the next is at ${at}.`, task.not_before));
    else reasons.push(because("reschedule", `It looks again at ${at}${note}.`, task.not_before));
  }
  if (pool && !pool.is_holder && pool.holders.length >= pool.slots) {
    const holders = pool.holders.map((key) => [key.dag_id, key.run_id, key.task_id, key.map_key].filter(Boolean).join("/"));
    reasons.push(because("pool_full", `The pool ${pool.name} is full: its ${pool.slots} slots are held by ${named(holders)}.`));
  }
  return reasons;
}

function labelOf(task: LedgerTask): string {
  return task.map_key ? `${task.task_id} (${task.map_key})` : task.task_id;
}

function named(names: readonly string[]): string {
  return names.length > MAX_NAMED ? `${names.slice(0, MAX_NAMED).join(", ")} and ${names.length - MAX_NAMED} more` : names.join(", ");
}
