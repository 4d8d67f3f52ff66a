import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import {
  listMapped,
  listMappedTries,
  listTaskInstances,
  listTries,
  readLog,
  readMappedInstance,
  readMappedTry,
  readTaskInstance,
  readTry,
} from "../../shared/contracts/taskInstances.ts";
import { AppError } from "../../shared/errors.ts";
import type { LedgerTask, LedgerTry } from "../../shared/ports/ledgerRecords.ts";
import { requireRun, requireTasks } from "../engine/clearTasks.ts";
import { requireDag } from "../engine/requireDag.ts";
import { type InstanceAddress, requireInstance } from "../engine/requireInstance.ts";
import type { DagReads } from "./dags.ts";
import { explainTasks } from "./explainTasks.ts";
import { pageOf } from "./page.ts";
import { tasksQueryOf } from "./tasksQueryOf.ts";
import { viewOfLog } from "./viewOfLog.ts";
import { viewOfTask } from "./viewOfTask.ts";
import { viewOfTry } from "./viewOfTry.ts";

/** Tasks of runs, their tries and logs, in the shapes of Airflow's REST API v2. */
export function taskInstanceRoutes(reads: DagReads): MountedRoute[] {
  const { dags, ledger } = reads;
  /** A task that a run has, and its DAG still knows. */
  const instanceAt = async ({ dag_id, dag_run_id: run_id, task_id }: TaskPath, which: Pick<InstanceAddress, "map_key" | "map_index">) => {
    await requireRun(reads, requireDag(dags, dag_id).dag_id, run_id);
    requireTasks(requireDag(dags, dag_id), [task_id]);
    return requireInstance(reads, { dag_id, run_id, task_id, ...which });
  };
  const view = async (task: LedgerTask) => viewOfTask((await explainTasks(reads, [task]))[0]!);
  const triesOf = async (task: LedgerTask) => (await ledger.attempts(keyOf(task))).map((attempt) => viewOfTry(attempt, task));
  const tryOf = async (task: LedgerTask, try_number: number) => viewOfTry(requireTry(await ledger.attempts(keyOf(task)), try_number), task);
  const listOf = async (query: Parameters<typeof ledger.tasks>[0]) => {
    const { tasks, total_entries } = await ledger.tasks(query);
    return { task_instances: (await explainTasks(reads, tasks)).map(viewOfTask), total_entries };
  };
  return [
    handle(listTaskInstances, async ({ params: { dag_id, dag_run_id: run_id }, query }) => {
      if (dag_id !== "~") requireDag(dags, dag_id);
      if (run_id !== "~") await requireRun(reads, dag_id, run_id);
      return listOf(tasksQueryOf({ dag_id, run_id }, query));
    }),
    handle(listMapped, async ({ params: { dag_id, dag_run_id: run_id, task_id }, query }) => {
      await requireRun(reads, requireDag(dags, dag_id).dag_id, run_id);
      requireTasks(requireDag(dags, dag_id), [task_id]);
      return listOf(tasksQueryOf({ dag_id, run_id }, { ...query, task_id, cursor: undefined }, true));
    }),
    handle(listTries, async ({ params, query: { map_key, map_index, ...page } }) => {
      const tries = await triesOf(await instanceAt(params, { map_key, map_index }));
      return { task_instances: pageOf(tries, page), total_entries: tries.length };
    }),
    handle(listMappedTries, async ({ params, query: page }) => {
      const tries = await triesOf(await instanceAt(params, params));
      return { task_instances: pageOf(tries, page), total_entries: tries.length };
    }),
    handle(readTry, async ({ params, query }) => tryOf(await instanceAt(params, query), params.try_number)),
    handle(readMappedTry, async ({ params }) => tryOf(await instanceAt(params, params), params.try_number)),
    handle(readLog, async ({ params, query }) => {
      const task = await instanceAt(params, query);
      return viewOfLog(requireTry(await ledger.attempts(keyOf(task)), params.try_number));
    }),
    handle(readTaskInstance, async ({ params, query }) => view(await instanceAt(params, query))),
    handle(readMappedInstance, async ({ params }) => view(await instanceAt(params, params))),
  ];
}

interface TaskPath {
  readonly dag_id: string;
  readonly dag_run_id: string;
  readonly task_id: string;
}

function keyOf({ dag_id, run_id, task_id, map_key }: LedgerTask) {
  return { dag_id, run_id, task_id, map_key };
}

function requireTry(tries: readonly LedgerTry[], try_number: number): LedgerTry {
  const found = tries.find((one) => one.try_number === try_number);
  if (found) return found;
  const known = tries.map((one) => one.try_number).join(", ");
  throw new AppError("unknown_task", `try_number: the task has no try ${try_number}; it has ${known || "none yet"}.`, {
    status: 404,
    details: { field: "try_number" },
  });
}
