import type { DagDefinition, TaskDefinition } from "./dag.ts";
import { ancestorsOf, crossedBy, findTask } from "./dagGraph.ts";
import type { Read, Step } from "./step.ts";

/** What is wrong with what the steps of a DAG read of each other, a sentence each. Tasks without a step are not looked at. */
export function checkReads(dag: DagDefinition): string[] {
  return dag.tasks.flatMap((task) =>
    (stepOf(task)?.reads ?? []).flatMap((read) => {
      const problem = problemOf(dag, task, read);
      return problem === null ? [] : [`${dag.dag_id}.${task.task_id}: its step reads the report of "${read.step.name}", ${problem}`];
    }),
  );
}

function problemOf(dag: DagDefinition, task: TaskDefinition, { step, how }: Read): string | null {
  const upstream = findTask(dag, step.name);
  if (!upstream || !ancestorsOf(dag, task.task_id).has(step.name)) return "which is not upstream of it";
  if (stepOf(upstream)?.report !== step.report) return "and the task of that name runs another step";
  const is_crossed = crossedBy(dag, task, [step.name]).length > 0;
  if (is_crossed && how !== "each") return `which is mapped over each ${upstream.map_over}: read it by eachOf()`;
  if (!is_crossed && how === "each") return "of which there is one for each of its own: read it without eachOf()";
  if (how === "required" && !needsSuccess(dag, task, step.name)) return "and may run without it: read it by optional()";
  return null;
}

/** Whether the task runs only when `upstream` has succeeded: all_success stands on some whole way from there to here. */
function needsSuccess(dag: DagDefinition, task: TaskDefinition, upstream: string): boolean {
  const open = [task];
  const seen = new Set([task.task_id]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.trigger_rule !== "all_success") continue;
    if (next.upstream.includes(upstream)) return true;
    for (const id of next.upstream) {
      const found = seen.has(id) ? undefined : findTask(dag, id);
      if (found) open.push(found);
      seen.add(id);
    }
  }
  return false;
}

function stepOf(task: TaskDefinition): Pick<Step<never>, "reads" | "report"> | null {
  const { step } = task as { readonly step?: Step<never> };
  return step ?? null;
}
