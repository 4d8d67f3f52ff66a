import type { DagDefinition } from "../../shared/dag/dag.ts";
import type { LedgerQueries } from "../../shared/ports/ledgerQueries.ts";
import type { LedgerTask } from "../../shared/ports/ledgerRecords.ts";
import { explainEndings, isUnexplained } from "../engine/explainEnding.ts";

interface Reads {
  readonly dags: readonly DagDefinition[];
  readonly ledger: Pick<LedgerQueries, "taskInstances">;
}

/** The tasks, with why each did not run that a rule skipped or gave up: that lies in the other tasks of its run, which are read for it. */
export async function explainTasks({ dags, ledger }: Reads, tasks: readonly LedgerTask[]): Promise<readonly LedgerTask[]> {
  const notes = new Map<string, string | null>();
  const runs = new Map(tasks.filter(isUnexplained).map((task) => [JSON.stringify([task.dag_id, task.run_id]), task]));
  for (const { dag_id, run_id } of runs.values()) {
    const dag = dags.find((one) => one.dag_id === dag_id);
    const explained = dag ? explainEndings(dag, await ledger.taskInstances(dag_id, run_id)) : [];
    for (const one of explained) notes.set(nameOf(one), one.note);
  }
  return tasks.map((task) => (isUnexplained(task) ? { ...task, note: notes.get(nameOf(task)) ?? null } : task));
}

function nameOf({ dag_id, run_id, task_id, map_key }: LedgerTask): string {
  return JSON.stringify([dag_id, run_id, task_id, map_key]);
}
