import type { Dependency } from "../../../shared/contracts/control.ts";
import type { DagRun, TaskAttempt, TaskInstance } from "../../../shared/contracts/dags.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { formatDuration } from "./formatDuration.ts";
import { wrapText } from "./table.ts";

const COLUMNS = 79;

/** A run with what its tasks did, oldest try first, and why those that have not ended do not run. */
export interface RunLogs {
  readonly run: DagRun;
  readonly task_instances: readonly TaskInstance[];
  readonly tries: readonly TaskAttempt[];
  readonly reasons: readonly { readonly task_id: string; readonly map_key: string; readonly dependencies: readonly Dependency[] }[];
}

export function renderLogs({ run, task_instances, tries, reasons }: RunLogs): string {
  const head = `${run.dag_id} ${run.dag_run_id}: ${run.state}${run.failed_tasks > 0 ? `, ${counted(run.failed_tasks, "task")} failed` : ""}`;
  // Those that ended without a try say why in their note, where there is one.
  const untried = task_instances.filter((task) => task.try_number === 0 && (task.state === "skipped" || task.state === "upstream_failed"));
  return [
    wrapText(head, COLUMNS, "  "),
    ...tries.map(renderTry),
    ...(untried.length > 0 ? [["Not run:", ...untried.map(renderUntried)].join("\n")] : []),
    ...reasons.map(renderReason),
    ...(run.state === "failed" ? [wayOut(run)] : []),
  ].join("\n\n");
}

/** On a line of its own, so that it can be copied. */
function wayOut({ dag_id, dag_run_id }: DagRun): string {
  return `When the cause is gone, run what failed again:\n  fx clear ${dag_id} ${dag_run_id} --only-failed --yes`;
}

function renderTry(attempt: TaskAttempt): string {
  const took = attempt.duration === null ? "" : ` in ${formatDuration(attempt.duration * 1_000)}`;
  const title = `${labelOf(attempt)}, try ${attempt.try_number}: ${attempt.state}${took}, from ${attempt.start_date}`;
  const report = attempt.report ? [`report ${JSON.stringify(attempt.report)}`] : [];
  const lines = attempt.log.split("\n").filter((line) => line.trim() !== "");
  const error = attempt.error ? `${attempt.error.code}: ${attempt.error.message}` : "";
  // A step that failed has logged so, with the time; a try whose worker was lost has no line of its own.
  const untold = error !== "" && !lines.some((line) => line.endsWith(error)) ? [error] : [];
  return [wrapText(title, COLUMNS, "  "), ...[...lines, ...report, ...untold].map(indented)].join("\n");
}

function renderUntried(task: TaskInstance): string {
  return indented(`${labelOf(task)}: ${task.state}${task.note ? `, ${task.note}` : ""}`);
}

function renderReason({ dependencies, ...task }: RunLogs["reasons"][number]): string {
  return [`${labelOf(task)} has not ended:`, ...dependencies.map(({ reason }) => indented(reason))].join("\n");
}

function indented(line: string): string {
  return `  ${wrapText(line, COLUMNS - 2, "    ")}`;
}

function labelOf({ task_id, map_key }: { readonly task_id: string; readonly map_key: string }): string {
  return map_key === "" ? task_id : `${task_id} (${map_key})`;
}
