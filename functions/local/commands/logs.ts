import type { TaskInstance } from "../../../shared/contracts/dags.ts";
import { AppError } from "../../../shared/errors.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { withStack } from "../stack/withStack.ts";
import { type RunLogs, renderLogs } from "../text/showLogs.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

const DONE: ReadonlySet<string> = new Set(["success", "failed", "skipped", "upstream_failed", "removed"]);
/** Tasks that are asked why they do not run: further ones wait for these, mostly. */
const MAX_ASKED = 10;

export const logsCommand: Command = {
  name: "logs",
  summary: "every try of a run's tasks, its log and error; what waits, and why",
  positionals: ["DAG", "RUN", "[TASK]"],
  options: {
    map: { type: "string", value: "KEY", help: "only this instrument" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: ["RUN is an id of fx runs."],
  async run(context, args) {
    const [dag_id = "", run_id = "", task_id = null] = args.positionals;
    const pick = { task_id, map_key: textOption(args, "map") };
    const logs = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      readLogs(client, dag_id, run_id, pick),
    );
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(logs) : renderLogs(logs)}\n`);
    return 0;
  },
};

export async function readLogs(
  client: Pick<WorkerClient, "run" | "tasks" | "attempts" | "dependencies">,
  dag_id: string,
  run_id: string,
  pick: { readonly task_id: string | null; readonly map_key: string | null },
): Promise<RunLogs> {
  const run = await client.run(dag_id, run_id);
  const all = await client.tasks(dag_id, run_id);
  const named = pick.task_id === null ? all : all.filter((task) => task.task_id === pick.task_id);
  const task_instances = pick.map_key === null ? named : named.filter((task) => task.map_key === pick.map_key);
  if (task_instances.length === 0) throw noSuchTask(all);
  const tries = [];
  for (const task of task_instances) {
    if (task.try_number > 0) tries.push(...(await client.attempts(dag_id, run_id, task.task_id, task.map_key)));
  }
  const waiting = task_instances.filter((task) => !DONE.has(task.state ?? "")).slice(0, MAX_ASKED);
  const reasons = [];
  for (const { task_id, map_key } of waiting) {
    reasons.push({ task_id, map_key, dependencies: await client.dependencies(dag_id, run_id, task_id, map_key) });
  }
  return { run, task_instances, tries: tries.toSorted((a, b) => (a.start_date < b.start_date ? -1 : 1)), reasons };
}

function noSuchTask(tasks: readonly TaskInstance[]): AppError {
  const list = (names: readonly string[]) => [...new Set(names)].filter((name) => name !== "").join(", ") || "none";
  const known = `Tasks: ${list(tasks.map((task) => task.task_id))}. Keys: ${list(tasks.map((task) => task.map_key))}.`;
  return new AppError("unknown_task", `The run has no such task. ${known}`, { status: 404 });
}
