import { asksForAbsent, patternsOf, rangeOf } from "../../shared/contracts/airflow/filterFields.ts";
import { type DagField, type DagsAsked, listDags, listTasks, readDag, readDagDetails, readTask } from "../../shared/contracts/dagList.ts";
import type { Dag } from "../../shared/contracts/dags.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { Dag as RunnableDag } from "../../shared/dag/dag.ts";
import { topologicalOrder } from "../../shared/dag/dagGraph.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { LedgerControl } from "../../shared/ports/ledgerControl.ts";
import type { LedgerQueries } from "../../shared/ports/ledgerQueries.ts";
import type { Order } from "../../shared/ports/order.ts";
import { requireTasks } from "../engine/clearTasks.ts";
import { requireDag } from "../engine/requireDag.ts";
import { matchesPattern } from "./matchesPattern.ts";
import { pageOf } from "./page.ts";
import { viewOfDag, viewOfDagDetails } from "./viewOfDag.ts";
import { viewOfDefinedTask } from "./viewOfDefinedTask.ts";

export interface DagReads {
  readonly dags: readonly RunnableDag<never>[];
  readonly ledger: LedgerQueries & Pick<LedgerControl, "pausedDags">;
  readonly clock: Clock;
}

/** The pipelines and their tasks as they are defined, in the shapes of Airflow's REST API v2. */
export function dagRoutes(reads: DagReads): MountedRoute[] {
  const { dags, ledger, clock } = reads;
  const isPaused = async (dag_id: string) => (await ledger.pausedDags()).includes(dag_id);
  return [
    handle(listDags, async ({ query }) => {
      const found = await dagsAsked(reads, query);
      return { dags: pageOf(found, { ...query, order_by: ordersOf(query.order_by) }), total_entries: found.length };
    }),
    handle(readDag, async ({ params }) => {
      const dag = requireDag(dags, params.dag_id);
      return viewOfDag(dag, await isPaused(dag.dag_id), clock.now());
    }),
    handle(readDagDetails, async ({ params }) => {
      const dag = requireDag(dags, params.dag_id);
      const { total_entries } = await ledger.runs(dag.dag_id, { where: { one_of: { state: ["running"] } }, limit: 1, offset: 0 });
      return viewOfDagDetails(dag, viewOfDag(dag, await isPaused(dag.dag_id), clock.now()), total_entries);
    }),
    handle(listTasks, ({ params, query: { order_by } }) => {
      const dag = requireDag(dags, params.dag_id);
      const tasks = topologicalOrder(dag.tasks).map((task) => viewOfDefinedTask(dag, task));
      const order = order_by === undefined ? [] : [{ field: "task_id" as const, is_descending: order_by.startsWith("-") }];
      return { tasks: pageOf(tasks, { limit: tasks.length, offset: 0, order_by: order }), total_entries: tasks.length };
    }),
    handle(readTask, ({ params }) => {
      const dag = requireDag(dags, params.dag_id);
      requireTasks(dag, [params.task_id]);
      return viewOfDefinedTask(dag, dag.tasks.find(({ task_id }) => task_id === params.task_id)!);
    }),
  ];
}

const ORDERS = {
  dag_id: "dag_id",
  dag_display_name: "dag_display_name",
  is_paused: "is_paused",
  next_dagrun: "next_dagrun_run_after",
} as const satisfies Record<DagField, keyof Dag>;

function ordersOf(orders: readonly Order<DagField>[] = []): Order<(typeof ORDERS)[DagField]>[] {
  return orders.map(({ field, is_descending }) => ({ field: ORDERS[field], is_descending }));
}

/** Those that a query means. Nothing here is stale, has errors, waits for assets or is somebody's favorite. */
async function dagsAsked({ dags, ledger, clock }: DagReads, query: DagsAsked): Promise<readonly Dag[]> {
  const is_none = asksForAbsent(query) || query.has_import_errors || query.has_asset_schedule || query.is_favorite;
  if (is_none) return [];
  const paused = new Set(await ledger.pausedDags());
  const patterns = [...patternsOf(query, "dag_id"), ...patternsOf(query, "dag_display_name")];
  const named = dags.filter(({ dag_id }) => patterns.every((pattern) => matchesPattern(dag_id, pattern)));
  const wanted = named.filter(({ dag_id }) => query.paused === undefined || paused.has(dag_id) === query.paused);
  const by_runs = await Promise.all(wanted.map(async (dag) => ((await hasRuns(ledger, dag.dag_id, query)) ? [dag] : [])));
  return by_runs.flat().map((dag) => viewOfDag(dag, paused.has(dag.dag_id), clock.now()));
}

async function hasRuns(ledger: LedgerQueries, dag_id: string, query: DagsAsked): Promise<boolean> {
  const started_at = rangeOf(query, "dag_run_start_date");
  const ended_at = rangeOf(query, "dag_run_end_date");
  const { dag_run_state, last_dag_run_state } = query;
  if (dag_run_state || Object.keys({ ...started_at, ...ended_at }).length > 0) {
    const where = { ranges: { started_at, ended_at }, ...(dag_run_state ? { one_of: { state: dag_run_state } } : {}) };
    const { total_entries } = await ledger.runs(dag_id, { where, limit: 1, offset: 0 });
    if (total_entries === 0) return false;
  }
  if (last_dag_run_state === undefined) return true;
  const { runs } = await ledger.runs(dag_id, { limit: 1, offset: 0 });
  return runs[0]?.state === last_dag_run_state;
}
