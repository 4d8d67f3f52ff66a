import type { TaskKey } from "../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { findTask } from "../../shared/dag/dagGraph.ts";
import type { HintQueue } from "../../shared/ports/hints.ts";

interface HintDeps {
  readonly hints: HintQueue;
  readonly dags: readonly DagDefinition[];
}

/** Says that tasks are due; of none, nothing. A hint that is lost costs time alone: the sweep finds the task. */
export async function sendHints({ hints, dags }: HintDeps, keys: readonly TaskKey[]): Promise<void> {
  const wanted = oneOfBlocks(dags, keys);
  if (wanted.length > 0) await hints.send(wanted);
}

/**
 * The tasks without those that a hint of another one serves: where one slice may be of several runs, one of a task and its map key. Whoever
 * claims a block says what else is due there.
 */
export function oneOfBlocks(dags: readonly DagDefinition[], keys: readonly TaskKey[]): readonly TaskKey[] {
  const seen = new Set<string>();
  return keys.filter(({ dag_id, task_id, map_key }) => {
    const dag = dags.find((candidate) => candidate.dag_id === dag_id);
    if ((dag && findTask(dag, task_id)?.block_ms) == null) return true;
    const group = JSON.stringify([dag_id, task_id, map_key]);
    if (seen.has(group)) return false;
    seen.add(group);
    return true;
  });
}
