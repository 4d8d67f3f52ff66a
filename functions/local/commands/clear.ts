import type { ClearBody } from "../../../shared/contracts/control.ts";
import type { TaskInstance } from "../../../shared/contracts/dags.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { withStack } from "../stack/withStack.ts";
import { usageError } from "../text/localError.ts";
import { renderTable } from "../text/table.ts";
import { type Command, type CommandArguments, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

export const clearCommand: Command = {
  name: "clear",
  summary: "make tasks of a run run again; shows which unless --yes",
  positionals: ["DAG", "RUN"],
  options: {
    task: { type: "string", value: "TASK", help: "only this task; default: all" },
    map: { type: "string", value: "KEY", help: "only this instrument or news source" },
    downstream: { type: "boolean", help: "the tasks that depend on it as well" },
    "only-failed": { type: "boolean", help: "only what failed or was given up, and all that comes behind it" },
    "stop-running": { type: "boolean", help: "tasks that run as well: they are stopped, and start again" },
    yes: { type: "boolean", help: "do it" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [
    "Tries and their logs are kept. A clear that would touch a running task is refused, unless --stop-running. The run goes on by itself on a stack that runs, or with the next start.",
  ],
  async run(context, args) {
    const body = parseClear(args);
    const dag_id = args.positionals[0] ?? "";
    const { task_instances } = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      client.clear(dag_id, body),
    );
    const is_dry = body.dry_run !== false;
    const text =
      args.values["json"] === true
        ? JSON.stringify({ dry_run: is_dry, task_instances })
        : renderCleared(task_instances, is_dry, body.prevent_running_task === false);
    context.stdout.write(`${text}\n`);
    return 0;
  },
};

export function parseClear(args: CommandArguments): ClearBody {
  const [task, map_key] = [textOption(args, "task"), textOption(args, "map")];
  const only_failed = args.values["only-failed"] === true;
  if (args.values["downstream"] === true && task === null)
    throw usageError("--downstream says what follows a task: give it with --task.", "clear");
  return {
    dag_run_id: args.positionals[1] ?? "",
    dry_run: args.values["yes"] !== true,
    only_failed,
    prevent_running_task: args.values["stop-running"] !== true,
    // What comes behind a failed task did without it: a repaired training is also to be validated and promoted.
    include_downstream: args.values["downstream"] === true || only_failed,
    ...(task === null ? {} : { task_ids: [task] }),
    ...(map_key === null ? {} : { map_keys: [map_key] }),
  };
}

/** `tasks` as they were before. */
export function renderCleared(tasks: readonly TaskInstance[], is_dry: boolean, stops_running = false): string {
  if (tasks.length === 0) return "No task matches: nothing to clear.";
  const columns = [{ title: "task" }, { title: "key" }, { title: is_dry ? "state" : "was" }, { title: "tries", align: "right" }] as const;
  const rows = tasks.map((task) => [task.task_id, task.map_key, task.state ?? "waiting", String(task.try_number)]);
  const running = tasks.filter((task) => task.state === "running").length;
  const count = counted(tasks.length, "task");
  const said = is_dry ? `${count} would run again. Nothing was changed: add --yes to do it.` : `${count} cleared.`;
  const fate = stops_running ? "they will be stopped." : "it will be refused until they have ended. --stop-running stops them.";
  const warning = is_dry && running > 0 ? `\n${running} of them run now: ${fate}` : "";
  return `${renderTable(columns, rows)}\n\n${said}${warning}`;
}
