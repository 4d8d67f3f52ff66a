import type { DagDefinition, TaskDefinition } from "../../shared/dag/dag.ts";
import { AppError } from "../../shared/errors.ts";

/** The DAG, or 404 with those that there are. `field` is the name that the caller gave it under. */
export function requireDag<TaskType extends TaskDefinition>(
  dags: readonly DagDefinition<TaskType>[],
  dag_id: string,
  field = "dag_id",
): DagDefinition<TaskType> {
  const dag = dags.find((candidate) => candidate.dag_id === dag_id);
  if (dag) return dag;
  const known = dags.map((candidate) => candidate.dag_id);
  throw new AppError("unknown_dag", `${field}: there is no DAG "${dag_id.slice(0, 80)}". Known: ${known.join(", ")}.`, {
    status: 404,
    details: { field, known },
  });
}
