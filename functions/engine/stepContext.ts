import type { DagDefinition, TaskDefinition } from "../../shared/dag/dag.ts";
import { ancestorsOf, crossedBy, findTask } from "../../shared/dag/dagGraph.ts";
import type { SliceContext, StepReport } from "../../shared/dag/step.ts";
import { AppError } from "../../shared/errors.ts";
import type { ClaimedTask } from "../../shared/ports/ledger.ts";

/** What a step hands out while it runs. */
export type StepOutlets = Pick<SliceContext, "log" | "withSettlement">;

/** What a step sees of its run. */
export function createStepContext(dag: DagDefinition, task: TaskDefinition, claimed: ClaimedTask, outlets: StepOutlets): SliceContext {
  const ancestors = ancestorsOf(dag, task.task_id);
  const many = new Set(crossedBy(dag, task, ancestors));
  const reportsOf = (task_id: string) => {
    if (ancestors.has(task_id)) return claimed.upstream.filter((report) => report.task_id === task_id);
    const message = `The step of ${dag.dag_id}.${task.task_id} asked for the report of "${task_id}", which is not upstream of it`;
    throw new AppError("invalid_dag", message);
  };
  return {
    ...claimed.lease.key,
    try_number: claimed.lease.try_number,
    window: claimed.window,
    conf: claimed.conf,
    cursor: claimed.cursor,
    upstream: (task_id) => {
      const reports = reportsOf(task_id);
      // There is no "same" instance of a task that is mapped over something else: which of several reports it got would be a matter of chance.
      if (many.has(task_id)) {
        const over = findTask(dag, task_id)?.map_over;
        throw new AppError(
          "invalid_dag",
          `${task_id} is mapped over each ${over}: the step of ${dag.dag_id}.${task.task_id} must use upstreamAll`,
        );
      }
      return reports[0]?.report ?? null;
    },
    upstreamAll: (task_id) => Object.fromEntries(reportsOf(task_id).map((report) => [report.map_key, report.report])),
    ...outlets,
  };
}

/** Why the task's skip_when says to skip it, or null. */
export function skipReason(task: TaskDefinition, claimed: ClaimedTask): string | null {
  if (task.skip_when.length === 0) return null;
  const holds = task.skip_when.every((condition) => {
    const reports: StepReport[] = claimed.upstream.filter((report) => report.task_id === condition.upstream).map((report) => report.report);
    return reports.length > 0 && reports.every((report) => report[condition.fact] === condition.equals);
  });
  if (!holds) return null;
  return task.skip_when.map((condition) => `${condition.upstream} reports ${condition.fact} = ${condition.equals}`).join(", ");
}
