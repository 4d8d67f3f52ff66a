import type { TaskKey } from "../../shared/contracts/dags.ts";
import { AppError } from "../../shared/errors.ts";
import type { LedgerQueries } from "../../shared/ports/ledgerQueries.ts";
import type { LedgerTask } from "../../shared/ports/ledgerRecords.ts";
import { requireRun } from "./clearTasks.ts";

/** One instance of a task: by its map key, or by its place among the keys of the task (-1: it has none). */
export interface InstanceAddress extends Omit<TaskKey, "map_key"> {
  readonly map_key?: string;
  readonly map_index?: number | undefined;
}

/** The task of a run, or 404 with what there is. */
export async function requireInstance(
  deps: { readonly ledger: Pick<LedgerQueries, "run" | "taskInstances"> },
  { dag_id, run_id, task_id, map_key = "", map_index }: InstanceAddress,
): Promise<LedgerTask> {
  await requireRun(deps, dag_id, run_id);
  const instances = (await deps.ledger.taskInstances(dag_id, run_id)).filter((one) => one.task_id === task_id);
  const instance = instances.find((one) => (map_index === undefined ? one.map_key === map_key : one.map_index === map_index));
  if (instance) return instance;
  const field = instances.length === 0 ? "task_id" : map_index === undefined ? "map_key" : "map_index";
  const known = instances.map((one) => one[field as "map_key" | "map_index"]).filter((key) => key !== "");
  const problem = field === "task_id" ? `the run has no task "${task_id.slice(0, 80)}"` : `the task has ${known.join(", ") || "none"}`;
  throw new AppError("unknown_task", `${field}: ${problem}.`, { status: 404, details: { field } });
}
