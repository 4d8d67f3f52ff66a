import type { TaskInstance } from "../../../shared/contracts/dags.ts";
import { isFailed } from "../../../shared/dag/taskState.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { formatDuration } from "../text/formatDuration.ts";
import type { Screen } from "../text/screen.ts";
import { untilNextLook } from "./untilNextLook.ts";
import { withPatience } from "./withPatience.ts";
import type { RunRequest, WorkerClient } from "./workerClient.ts";

const DONE_STATES: ReadonlySet<string> = new Set(["success", "failed", "skipped", "upstream_failed", "removed"]);

export interface FollowedRun {
  /** running: not followed any longer; it goes on by itself. */
  readonly state: "success" | "failed" | "running";
  readonly tasks: readonly TaskInstance[];
}

/** Triggers a run, which may exist already, and follows it to its end. */
export async function runToEnd(
  client: WorkerClient,
  screen: Screen,
  label: string,
  request: RunRequest,
  at_most_ms = Number.POSITIVE_INFINITY,
): Promise<FollowedRun> {
  await withPatience(() => client.triggerRun(request));
  return followRun(client, screen, label, request.dag_id, request.run_id, at_most_ms);
}

/** Follows a run to its end, or for `at_most_ms`, showing how far it is. A failed run is an answer here; the caller judges. */
export async function followRun(
  client: WorkerClient,
  screen: Screen,
  label: string,
  dag_id: string,
  run_id: string,
  at_most_ms = Number.POSITIVE_INFINITY,
): Promise<FollowedRun> {
  const began = Date.now();
  for (;;) {
    const run = await withPatience(() => client.run(dag_id, run_id));
    const tasks = await withPatience(() => client.tasks(dag_id, run_id));
    const elapsed = formatDuration(Date.now() - began);
    if (run.state === "success" || run.state === "failed") {
      screen.say(`${label}: ${run.state === "failed" ? "failed, " : ""}${describeTasks(tasks)}, ${elapsed}`);
      return { state: run.state, tasks };
    }
    if (Date.now() - began >= at_most_ms) {
      screen.say(`${label}: still running, ${describeTasks(tasks)}, ${elapsed}`);
      return { state: "running", tasks };
    }
    screen.progress(`${label}: ${describeTasks(tasks)}, ${elapsed}`);
    await untilNextLook(began);
  }
}

/** True when a run ended and every task of it did what it should. A success says less: tasks that may fail have perhaps done so. */
export function isWhole(run: FollowedRun): boolean {
  return run.state === "success" && !run.tasks.some((task) => isFailed(task.state));
}

/** `12/21 tasks, 61,240 rows`, with what went wrong. */
function describeTasks(tasks: readonly TaskInstance[]): string {
  const done = tasks.filter((task) => DONE_STATES.has(task.state ?? "")).length;
  const bad = tasks.filter((task) => isFailed(task.state)).length;
  const retrying = tasks.filter((task) => task.state === "up_for_retry").length;
  const rows = tasks.reduce((sum, task) => sum + rowsOf(task), 0);
  const parts = [`${done}/${counted(tasks.length, "task")}`, `${rows.toLocaleString("en")} ${byCount(rows, "row", "rows")}`];
  if (bad > 0) parts.push(`${bad} failed`);
  if (retrying > 0) parts.push(`${retrying} waiting to try again`);
  return parts.join(", ");
}

/** The first failed task's own words: code and message of its last try. */
export async function explainFailure(
  client: WorkerClient,
  dag_id: string,
  run_id: string,
  tasks: readonly TaskInstance[],
): Promise<string> {
  const [failed, ...others] = tasks.filter((task) => task.state === "failed");
  if (!failed) return `${dag_id} ${run_id} failed`;
  const attempts = await client.attempts(dag_id, run_id, failed.task_id, failed.map_key);
  const error = attempts.findLast((attempt) => attempt.error !== null)?.error;
  const where = nameOf(failed);
  const also = others.length === 0 ? "" : ` (so did ${others.map(nameOf).join(", ")}: fx logs ${dag_id} ${run_id})`;
  const tries = counted(failed.try_number, "try", "tries");
  return `${where} failed after ${tries}: ${error ? `${error.code}: ${error.message}` : "no reason was kept"}${also}`;
}

function nameOf({ task_id, map_key }: TaskInstance): string {
  return map_key === "" ? task_id : `${task_id} of ${map_key}`;
}

function rowsOf(task: TaskInstance): number {
  const written = task.report?.["written"];
  return typeof written === "number" ? written : 0;
}
