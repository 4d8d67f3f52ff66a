import type { DagDefinition } from "../../../shared/dag/dag.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import type { backfillsByContract, controlByContract } from "../api/byContract.ts";

export interface Meddlers {
  readonly dag: DagDefinition;
  readonly ledger: Ledger;
  readonly control: ReturnType<typeof controlByContract>;
  readonly backfills: Pick<ReturnType<typeof backfillsByContract>, "list" | "setPaused" | "cancel">;
  readonly random: () => number;
  readonly seen: Meddled;
}

/** What people have done, or may have done: a process that dies may have done it first. */
export interface Meddled {
  /** Clears and marks: after one of them a task may have run more often than once. */
  clears: number;
  /** Tasks that were marked, as `task/key`, by run. */
  readonly marked_tasks: Map<string, Set<string>>;
  readonly marked_runs: Set<string>;
  readonly cleared_runs: Set<string>;
  is_cancelled: boolean;
}

const MEDDLES = 8;

/**
 * What people do in between: clear and mark tasks, end runs, pause and unpause the DAG and the backfill, cancel it. A limited number of
 * times.
 */
export function createMeddling({ dag, ledger, control, backfills, random, seen }: Meddlers) {
  let left = MEDDLES;
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const pickRun = async () => pick((await ledger.runs(dag.dag_id, { limit: 10, offset: 0 })).runs);
  const openBackfill = async () => {
    const [open] = (await backfills.list({ dag_id: dag.dag_id, limit: 1, offset: 0 })).backfills;
    return open && open.completed_at === null ? open : null;
  };
  const clear = async () => {
    const run = await pickRun();
    const task = pick(dag.tasks);
    if (!run || !task) return;
    seen.clears++;
    seen.cleared_runs.add(run.run_id);
    const flags = { include_downstream: random() < 0.5, only_failed: random() < 0.3, prevent_running_task: random() < 0.5 };
    await control
      .clear(dag.dag_id, { dag_run_id: run.run_id, task_ids: [task.task_id], dry_run: false, ...flags })
      .catch((error: unknown) => {
        if (!(error instanceof AppError && error.code === "task_running")) throw error;
      });
  };
  const markTask = async () => {
    const run = await pickRun();
    const one = run && pick(await ledger.taskInstances(dag.dag_id, run.run_id));
    if (!one) return;
    seen.clears++;
    const { dag_id, run_id, task_id, map_key } = one;
    seen.marked_tasks.set(run_id, (seen.marked_tasks.get(run_id) ?? new Set()).add(`${task_id}/${map_key}`));
    const new_state = pick(["success", "failed", "skipped"] as const)!;
    await control.patchTask({ dag_id, run_id, task_id, map_key }, { new_state });
  };
  const markRun = async () => {
    const run = await pickRun();
    if (!run) return;
    seen.clears++;
    seen.marked_runs.add(run.run_id);
    await control.patchRun(dag.dag_id, run.run_id, { state: random() < 0.5 ? "success" : "failed" });
  };
  const pauseBackfill = async () => {
    const open = await openBackfill();
    if (open) await backfills.setPaused(open.id, random() < 0.5);
  };
  const cancelBackfill = async () => {
    const open = await openBackfill();
    if (!open) return;
    seen.is_cancelled = true;
    await backfills.cancel(open.id);
  };
  const pauseDag = async () => void (await control.patchDag(dag.dag_id, { is_paused: random() < 0.5 }));
  const actions = [
    [0.4, clear],
    [0.6, markTask],
    [0.65, markRun],
    [0.8, pauseDag],
    [0.93, pauseBackfill],
    [1, cancelBackfill],
  ] as const;
  const meddle = async () => {
    if (left-- <= 0) return;
    const choice = random();
    await actions.find(([until]) => choice < until)?.[1]();
  };
  return Object.assign(meddle, { clear });
}
