import type { Cleared, ClearRequest } from "../../shared/contracts/control.ts";
import type { TaskInstance, TaskKey } from "../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { renewedDeadline } from "../../shared/dag/deadline.ts";
import { requireInstant } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { HintQueue } from "../../shared/ports/hints.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import type { InstanceQuery } from "../../shared/ports/ledgerControl.ts";
import { pickInstances } from "./pickInstances.ts";
import { requireDag } from "./requireDag.ts";
import { sendHints } from "./sendHints.ts";

export interface ControlDeps {
  readonly ledger: Ledger;
  readonly dags: readonly DagDefinition[];
  readonly clock: Clock;
  readonly hints: HintQueue;
}

/** One transaction has to hold a clear. */
const MAX_INSTANCES = 10_000;
const MAX_RUNS = 200;

/**
 * Clears tasks so that they run again, or says which it would. They keep their tries and may be tried as often as new ones; their runs go
 * back to running (or queue behind max_active_runs), and the trigger rules decide anew about what was cleared.
 */
export async function clearTasks(deps: ControlDeps, dag_id: string, asked: ClearRequest): Promise<Cleared> {
  const dag = requireDag(deps.dags, dag_id);
  requireTasks(dag, asked.task_ids?.map((id) => (typeof id === "string" ? id : id[0])) ?? []);
  const query = await readQuery(deps, dag, asked);
  const { task_ids, map_keys, include_upstream, include_downstream, only_failed } = asked;
  const found = await deps.ledger.instances(query);
  if (found.length > MAX_INSTANCES) throw tooMany("tasks", MAX_INSTANCES);
  const pick = { include_upstream, include_downstream, only_failed, ...(task_ids ? { task_ids } : {}), ...(map_keys ? { map_keys } : {}) };
  const task_instances = pickInstances(dag, found, pick);
  if (!asked.dry_run) await clear(deps, dag, task_instances, !asked.prevent_running_task);
  return { task_instances, total_entries: task_instances.length };
}

async function clear(deps: ControlDeps, dag: DagDefinition, picked: readonly TaskInstance[], may_revoke: boolean): Promise<void> {
  if (picked.length === 0) return;
  if (new Set(picked.map((one) => one.dag_run_id)).size > MAX_RUNS) throw tooMany("runs", MAX_RUNS);
  const now = deps.clock.now();
  const keys = picked.map(keyOf);
  const cleared = await deps.ledger.clear(dag, { keys, may_revoke, deadline_at: renewedDeadline(dag, now), now });
  if (!cleared) throw isRunning(picked);
  await sendHints(deps, cleared.queued);
}

async function readQuery(deps: ControlDeps, dag: DagDefinition, asked: ClearRequest): Promise<InstanceQuery> {
  const { dag_run_id: run_id, start_date, end_date } = asked;
  const base = { dag_id: dag.dag_id, limit: MAX_INSTANCES };
  if (run_id !== undefined) {
    if (start_date !== undefined || end_date !== undefined) throw invalid("dag_run_id", "give a run, or start_date and end_date, not both");
    await requireRun(deps, dag.dag_id, run_id);
    return { ...base, run_id };
  }
  if (start_date === undefined || end_date === undefined) throw invalid("dag_run_id", "give a run, or start_date and end_date");
  const interval_from = requireInstant(start_date, "start_date");
  const interval_to = requireInstant(end_date, "end_date");
  if (interval_from >= interval_to) throw invalid("start_date", "it is not before end_date");
  return { ...base, interval_from, interval_to };
}

export async function requireRun(deps: { readonly ledger: Pick<Ledger, "run"> }, dag_id: string, run_id: string) {
  const run = await deps.ledger.run(dag_id, run_id);
  if (run) return run;
  throw new AppError("unknown_run", `dag_run_id: ${dag_id} has no run "${run_id.slice(0, 200)}".`, {
    status: 404,
    details: { field: "dag_run_id" },
  });
}

export function requireTasks(dag: DagDefinition, task_ids: readonly string[]): void {
  const known = dag.tasks.map((task) => task.task_id);
  const unknown = task_ids.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  throw new AppError("unknown_task", `task_id: ${dag.dag_id} has no task "${unknown.slice(0, 80)}". Known: ${known.join(", ")}.`, {
    status: 404,
    details: { field: "task_id", known },
  });
}

function keyOf(one: TaskInstance): TaskKey {
  return { dag_id: one.dag_id, run_id: one.dag_run_id, task_id: one.task_id, map_key: one.map_key };
}

/** Some may have started since they were read: those that ran then are named if there were any. */
function isRunning(picked: readonly TaskInstance[]): AppError {
  const running = picked
    .filter((one) => one.state === "running")
    .map((one) => [one.dag_run_id, one.task_id, one.map_key].filter(Boolean).join("/"));
  const which = running.length > 0 ? `: ${running.slice(0, 5).join(", ")}${running.length > 5 ? ", …" : ""}` : " by now";
  const message = `Nothing was cleared, since tasks are running${which}. Wait for them, or clear with prevent_running_task=false, which stops them.`;
  return new AppError("task_running", message, { status: 409, retryable: true, details: { running } });
}

function tooMany(what: string, limit: number): AppError {
  return invalid("dag_run_id", `more than ${limit} ${what} are concerned; clear a shorter span at a time`);
}

function invalid(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
