import type { TaskKey } from "../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { renewedDeadline } from "../../shared/dag/deadline.ts";
import type { TimeWindow } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { HintQueue } from "../../shared/ports/hints.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import type { InstanceQuery } from "../../shared/ports/ledgerControl.ts";
import type { LedgerTask } from "../../shared/ports/ledgerRecords.ts";
import { namedTasks, type Pick, pickInstances } from "./pickInstances.ts";
import { requireDag } from "./requireDag.ts";
import { sendHints } from "./sendHints.ts";

export interface ControlDeps {
  readonly ledger: Ledger;
  readonly dags: readonly DagDefinition[];
  readonly clock: Clock;
  readonly hints: HintQueue;
}

/** Which tasks are to run again. */
export interface ClearOrder {
  /** Of one run, and of those whose data interval lies after it or before; or of those whose interval lies in a window. */
  readonly of:
    | { readonly run_id: string; readonly with_later?: boolean; readonly with_earlier?: boolean }
    | { readonly within: TimeWindow };
  readonly pick: Pick;
  /** Only says what it would clear. */
  readonly is_dry_run: boolean;
  /** Running tasks: refuse, or take the lease from their worker. */
  readonly may_revoke: boolean;
}

/** One transaction has to hold a clear. */
const MAX_INSTANCES = 10_000;
const MAX_RUNS = 200;

/**
 * Clears tasks so that they run again, or says which it would. They keep their tries and may be tried as often as new ones; their runs go
 * back to running (or queue behind max_active_runs), and the trigger rules decide anew about what was cleared.
 */
export async function clearTasks(deps: ControlDeps, dag_id: string, order: ClearOrder): Promise<readonly LedgerTask[]> {
  const dag = requireDag(deps.dags, dag_id);
  requireTasks(dag, namedTasks(order.pick.task_ids));
  const found = await deps.ledger.instances(await readQuery(deps, dag, order));
  if (found.length > MAX_INSTANCES) throw tooMany("tasks", MAX_INSTANCES);
  const picked = pickInstances(dag, found, order.pick);
  if (!order.is_dry_run) await clear(deps, dag, picked, order.may_revoke);
  return picked;
}

async function clear(deps: ControlDeps, dag: DagDefinition, picked: readonly LedgerTask[], may_revoke: boolean): Promise<void> {
  if (picked.length === 0) return;
  if (new Set(picked.map((one) => one.run_id)).size > MAX_RUNS) throw tooMany("runs", MAX_RUNS);
  const now = deps.clock.now();
  const keys = picked.map(keyOf);
  const cleared = await deps.ledger.clear(dag, { keys, may_revoke, deadline_at: renewedDeadline(dag, now), now });
  if (!cleared) throw isRunning(picked);
  await sendHints(deps, cleared.queued);
}

async function readQuery(deps: ControlDeps, { dag_id }: DagDefinition, { of }: ClearOrder): Promise<InstanceQuery> {
  if ("within" in of) return { dag_id, ...of, limit: MAX_INSTANCES };
  const { window } = await requireRun(deps, dag_id, of.run_id);
  if (!of.with_later && !of.with_earlier) return { dag_id, run_id: of.run_id, limit: MAX_INSTANCES };
  const within = { start: of.with_earlier ? 0 : window.start, end: of.with_later ? Number.MAX_SAFE_INTEGER : window.end };
  return { dag_id, within, limit: MAX_INSTANCES };
}

/** The run, or 404. `field` is the name that the caller gave it under. */
export async function requireRun(deps: { readonly ledger: { run: Ledger["run"] } }, dag_id: string, run_id: string, field = "dag_run_id") {
  const run = await deps.ledger.run(dag_id, run_id);
  if (run) return run;
  throw new AppError("unknown_run", `${field}: ${dag_id} has no run "${run_id.slice(0, 200)}".`, { status: 404, details: { field } });
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

function keyOf({ dag_id, run_id, task_id, map_key }: LedgerTask): TaskKey {
  return { dag_id, run_id, task_id, map_key };
}

/** Some may have started since they were read: those that ran then are named if there were any. */
function isRunning(picked: readonly LedgerTask[]): AppError {
  const running = picked
    .filter((one) => one.state === "running")
    .map((one) => [one.run_id, one.task_id, one.map_key].filter(Boolean).join("/"));
  const which = running.length > 0 ? `: ${running.slice(0, 5).join(", ")}${running.length > 5 ? ", …" : ""}` : " by now";
  const message = `Nothing was cleared, since tasks are running${which}. Wait for them, or clear with prevent_running_task=false (clearTaskInstances), which stops them.`;
  return new AppError("task_running", message, { status: 409, retryable: true, details: { running } });
}

function tooMany(what: string, limit: number): AppError {
  return invalid("dag_run_id", `more than ${limit} ${what} are concerned; clear a shorter span at a time`);
}

function invalid(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
