import { listDags, readDag } from "../../shared/contracts/dagRuns.ts";
import type { Dag } from "../../shared/contracts/dags.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { Dag as RunnableDag } from "../../shared/dag/dag.ts";
import type { LedgerQueries } from "../../shared/ports/ledger.ts";
import type { LedgerControl } from "../../shared/ports/ledgerControl.ts";
import { requireDag } from "../engine/requireDag.ts";
import { pageOf } from "./page.ts";

export interface DagReads {
  readonly dags: readonly RunnableDag<never>[];
  readonly ledger: LedgerQueries & Pick<LedgerControl, "pausedDags">;
}

/** The pipelines, in the shapes of Airflow's REST API v2. */
export function dagRoutes({ dags, ledger }: DagReads): MountedRoute[] {
  return [
    handle(listDags, async ({ query }) => {
      const paused = new Set(await ledger.pausedDags());
      const views = dags.map((dag) => viewOfDag(dag, paused.has(dag.dag_id)));
      return { dags: pageOf(views, query), total_entries: dags.length };
    }),
    handle(readDag, async ({ params }) => {
      const dag = requireDag(dags, params.dag_id);
      return viewOfDag(dag, (await ledger.pausedDags()).includes(dag.dag_id));
    }),
  ];
}

export function viewOfDag({ schedule, tasks, requireConf: _conf, mapKeysOf: _keys, ...dag }: RunnableDag<never>, is_paused: boolean) {
  return {
    ...dag,
    schedule: schedule && { cron: schedule.cron, time_zone: schedule.time_zone, trigger_cron: schedule.trigger_cron },
    // A step is code: of it, its name is shown.
    tasks: tasks.map((task) => ({ ...task, step: task.step.name })),
    is_paused,
    timetable_summary: schedule ? `${schedule.cron} ${schedule.time_zone}` : null,
  } satisfies Dag;
}
