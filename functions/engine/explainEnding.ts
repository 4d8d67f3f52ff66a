import type { DagDefinition } from "../../shared/dag/dag.ts";
import { ancestorsOf, crossedBy, findTask } from "../../shared/dag/dagGraph.ts";
import { isFailed } from "../../shared/dag/taskState.ts";
import type { LedgerTask } from "../../shared/ports/ledgerRecords.ts";

/** Causes listed in one sentence. */
const MAX_NAMED = 3;

/**
 * Tasks of one run, each with a note that says why it did not run where the ledger has none: a rule gave it up or skipped it, because of
 * something upstream that failed or was skipped for a reason of its own. `instances`: all tasks of the run.
 */
export function explainEndings(dag: DagDefinition, instances: readonly LedgerTask[]): LedgerTask[] {
  return instances.map((one) => (isUnexplained(one) ? { ...one, note: causeOf(dag, instances, one) } : one));
}

/** True of a task whose note explainEndings would find. */
export function isUnexplained({ state, note }: LedgerTask): boolean {
  return note === null && (state === "skipped" || state === "upstream_failed");
}

function causeOf(dag: DagDefinition, instances: readonly LedgerTask[], task: LedgerTask): string | null {
  const causes = ancestorsIn(dag, instances, task).filter((other) =>
    task.state === "skipped" ? other.state === "skipped" && other.note !== null : other.state === "failed",
  );
  // A failure that was mended since (cleared, marked) left what it gave up behind: then the nearest that did not run is the cause.
  const named =
    causes.length > 0 ? causes : ancestorsIn(dag, instances, task).filter((other) => other.state === "skipped" || isFailed(other.state));
  if (named.length === 0) return null;
  const more = named.length > MAX_NAMED ? ` and ${named.length - MAX_NAMED} more` : "";
  return `because ${named.slice(0, MAX_NAMED).map(describe).join("; ")}${more}`;
}

/** Instances that this one depends on, directly or not, by the map keys that the trigger rules go by. */
function ancestorsIn(dag: DagDefinition, instances: readonly LedgerTask[], task: LedgerTask): LedgerTask[] {
  const definition = findTask(dag, task.task_id);
  if (!definition) return [];
  const ancestors = ancestorsOf(dag, task.task_id);
  const crossed = new Set(definition.map_over === null ? ancestors : crossedBy(dag, definition, ancestors));
  return instances.filter(
    (one) => ancestors.has(one.task_id) && (crossed.has(one.task_id) || one.map_key === "" || one.map_key === task.map_key),
  );
}

function describe({ task_id, map_key, state, note }: LedgerTask): string {
  const name = map_key === "" ? task_id : `${task_id} (${map_key})`;
  const what = state === "skipped" ? "was skipped" : state === "failed" ? "failed" : "was given up";
  return note === null ? `${name} ${what}` : `${name} ${what}: ${note}`;
}
