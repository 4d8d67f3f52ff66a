import type { DagPatch, RunPatch, TaskPatch } from "../../shared/contracts/control.ts";
import type { TaskKey } from "../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { isTerminal } from "../../shared/dag/taskState.ts";
import type { TaskFacts } from "../../shared/ports/ledgerControl.ts";
import type { LedgerRun, LedgerTask } from "../../shared/ports/ledgerRecords.ts";
import { type ClearOrder, type ControlDeps, clearTasks, requireRun, requireTasks } from "./clearTasks.ts";
import { explainEndings } from "./explainEnding.ts";
import { explainTask, type Obstacle } from "./explainTask.ts";
import { requireDag } from "./requireDag.ts";
import { requireInstance } from "./requireInstance.ts";
import { sendHints } from "./sendHints.ts";

/** What people do to tasks, runs and DAGs. What does not exist is 404. */
export interface Control {
  /** The tasks that are cleared, or would be, as they were before. */
  clear(dag_id: string, order: ClearOrder): Promise<readonly LedgerTask[]>;
  patchTask(key: TaskKey, body: TaskPatch): Promise<LedgerTask>;
  patchRun(dag_id: string, run_id: string, body: RunPatch): Promise<LedgerRun>;
  /** Of a paused DAG the schedule makes no run, and no run or task starts: those that are triggered wait. */
  patchDag(dag_id: string, body: DagPatch): Promise<{ readonly dag_id: string; readonly is_paused: boolean }>;
  pausedDags(): Promise<ReadonlySet<string>>;
  /** Why it does not run, everything at once. */
  obstacles(key: TaskKey): Promise<readonly Obstacle[]>;
}

export function createControl(deps: ControlDeps): Control {
  return {
    clear: (dag_id, order) => clearTasks(deps, dag_id, order),
    patchTask: (key, body) => patchTask(deps, key, body),
    patchRun: (dag_id, run_id, body) => patchRun(deps, dag_id, run_id, body),
    patchDag: async (dag_id, { is_paused }) => {
      const dag = requireDag(deps.dags, dag_id);
      await sendHints(deps, await deps.ledger.setPaused(dag, is_paused, deps.clock.now()));
      return { dag_id, is_paused };
    },
    pausedDags: async () => new Set(await deps.ledger.pausedDags()),
    obstacles: async (key) => {
      const dag = requireDag(deps.dags, key.dag_id);
      await requireInstance(deps, key);
      const facts = await deps.ledger.facts(dag, key);
      return facts ? explainTask(dag, await withCause(deps, dag, facts), deps.clock.now()) : [];
    },
  };
}

/** What a rule skipped or gave up has no reason of its own: it lies upstream. */
async function withCause(deps: ControlDeps, dag: DagDefinition, facts: TaskFacts): Promise<TaskFacts> {
  const { dag_id, run_id, task_id, map_key } = facts.task;
  if (facts.task.note !== null || facts.task.state === null || !isTerminal(facts.task.state)) return facts;
  const explained = explainEndings(dag, await deps.ledger.taskInstances(dag_id, run_id));
  return { ...facts, task: explained.find((one) => one.task_id === task_id && one.map_key === map_key) ?? facts.task };
}

async function patchTask(deps: ControlDeps, key: TaskKey, { new_state, note }: TaskPatch): Promise<LedgerTask> {
  const dag = requireDag(deps.dags, key.dag_id);
  requireTasks(dag, [key.task_id]);
  await requireInstance(deps, key);
  const { queued } = await deps.ledger.markTask(dag, key, new_state, note ?? `marked as ${new_state}`, deps.clock.now());
  await sendHints(deps, queued);
  return requireInstance(deps, key);
}

async function patchRun(deps: ControlDeps, dag_id: string, run_id: string, { state, note }: RunPatch): Promise<LedgerRun> {
  const dag = requireDag(deps.dags, dag_id);
  await requireRun(deps, dag_id, run_id);
  const { queued } = await deps.ledger.markRun(dag, run_id, state, note ?? `the run was marked as ${state}`, deps.clock.now());
  await sendHints(deps, queued);
  return requireRun(deps, dag_id, run_id);
}
