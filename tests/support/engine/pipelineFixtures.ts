import { createLedger } from "../../../functions/adapters/libsql/ledger/ledger.ts";
import type { TaskKey } from "../../../shared/contracts/dags.ts";
import type { DagDefinition, TaskDefinition } from "../../../shared/dag/dag.ts";
import { defineDag, defineTask } from "../../../shared/dag/defineDag.ts";
import type { RunSlice, SliceContext, StepOutcome } from "../../../shared/dag/step.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import { openMemoryDatabase } from "../databases/memoryDatabase.ts";
import { createTestEngine, type NamedTask } from "./testEngine.ts";

export type TaskDraft = Partial<TaskDefinition> & { readonly task_id: string; readonly step?: string };

export const NOW = Date.UTC(2025, 5, 27, 12);

/** A run "r" of the DAG "d". */
export const REQUEST = {
  dag_id: "d",
  run_id: "r",
  run_type: "manual",
  window: { start: NOW - HOUR, end: NOW },
  conf: {},
  triggered_by: "test",
} as const;

export const succeed: RunSlice<null> = async () => ({ kind: "success", report: { written: 1 } });

/** The DAG "d", whose tasks all run the step "work". */
export function dagOf(tasks: readonly TaskDraft[], over: Partial<DagDefinition<NamedTask>> = {}): DagDefinition<NamedTask> {
  return {
    ...defineDag({ dag_id: "d", description: "", schedule: null, tasks: tasks.map((task) => defineTask({ step: "work", ...task })) }),
    ...over,
  };
}

export function keyOf(task_id: string, map_key = ""): TaskKey {
  return { dag_id: "d", run_id: "r", task_id, map_key };
}

export async function openMemoryLedger(): Promise<Ledger> {
  return createLedger(await openMemoryDatabase());
}

export async function instanceOf(ledger: Ledger, task_id: string, map_key = "") {
  return (await ledger.taskInstances("d", "r")).find((one) => one.task_id === task_id && one.map_key === map_key);
}

/** A started run of one task "x", whose step answers with what `answer` says at each call. */
export async function startOneTask(
  answer: (context: SliceContext, call: number) => Promise<StepOutcome> | StepOutcome,
  task: Partial<TaskDefinition> = {},
) {
  const ledger = await openMemoryLedger();
  let calls = 0;
  const work: RunSlice<null> = async (_ports, context) => answer(context, ++calls);
  const test = createTestEngine(ledger, [dagOf([{ task_id: "x", ...task }])], { work });
  await test.engine.triggerRun(REQUEST);
  return { ...test, ledger, callCount: () => calls };
}
