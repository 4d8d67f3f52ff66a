import { requireAirflowTime } from "../../shared/contracts/airflow/airflowTime.ts";
import { listDagRuns, readDagRun, type TriggerBody, triggerDagRun } from "../../shared/contracts/dagRuns.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { latestWindow } from "../../shared/dag/cronInterval.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { mapKeyChoice } from "../../shared/dag/mapKeys.ts";
import { type Instant, type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { TriggerRun } from "../../shared/ports/triggerRun.ts";
import { requireRun } from "../engine/clearTasks.ts";
import { requireDag } from "../engine/requireDag.ts";
import type { DagReads } from "./dags.ts";
import { runsQueryOf } from "./runsQueryOf.ts";
import { viewOfRun } from "./viewOfRun.ts";

export interface DagRunRouteOptions extends DagReads {
  readonly trigger: TriggerRun;
}

/** Runs, and the triggering of a run, in the shapes of Airflow's REST API v2. */
export function dagRunRoutes(options: DagRunRouteOptions): MountedRoute[] {
  const { dags, ledger } = options;
  return [
    handle(listDagRuns, async ({ params: { dag_id }, query }) => {
      if (dag_id !== "~") requireDag(dags, dag_id);
      const { runs, total_entries } = await ledger.runs(dag_id, runsQueryOf(query));
      return { dag_runs: runs.map(viewOfRun), total_entries };
    }),
    handle(triggerDagRun, async ({ params, body }) => {
      const { run } = await trigger(options, requireDag(dags, params.dag_id).dag_id, body);
      return viewOfRun(run);
    }),
    handle(readDagRun, async ({ params: { dag_id, dag_run_id } }) =>
      viewOfRun(await requireRun(options, requireDag(dags, dag_id).dag_id, dag_run_id)),
    ),
  ];
}

function trigger(options: DagRunRouteOptions, dag_id: string, body: TriggerBody) {
  const now = options.clock.now();
  const run_id = body.dag_run_id ?? runIdOf(body, now);
  const map_keys = mapKeyChoice(body.map_keys, body.sources);
  return options.trigger.triggerRun({
    dag_id,
    ...(run_id === undefined ? {} : { run_id }),
    run_type: body.run_type,
    window: windowOf(requireDag(options.dags, dag_id), body, now),
    conf: body.conf,
    ...(map_keys ? { map_keys } : {}),
    triggered_by: "rest_api",
  });
}

/**
 * Who asks for the latest means a run of its own at each call, as `fx trigger` does; who names a logical date, the one run of that moment;
 * who names an interval, the one run of it.
 */
function runIdOf(body: TriggerBody, now: Instant): string | undefined {
  if (body.data_interval_start != null) return undefined;
  const at = body.logical_date == null ? now : requireAirflowTime(body.logical_date, "logical_date");
  return `manual__${new Date(at).toISOString()}`;
}

/** The interval that is asked for; without one, the latest of the schedule by the logical date, as `fx trigger` runs it. */
function windowOf(dag: DagDefinition, body: TriggerBody, now: Instant): TimeWindow {
  const [start, end] = [body.data_interval_start ?? null, body.data_interval_end ?? null];
  const at = body.logical_date == null ? now : requireAirflowTime(body.logical_date, "logical_date");
  if (start !== null && end !== null) return requireWindow(start, end, now);
  if (start !== null || end !== null)
    throw invalidWindow(
      start === null ? "data_interval_start" : "data_interval_end",
      "is missing; send both ends of the interval, or neither",
    );
  if (at > now) throw invalidWindow("logical_date", `${toIso(at)} is in the future; it is ${toIso(now)} here`);
  return latestWindow(dag, at);
}

/** A run covers the past: its interval ends when everything in it can be known. */
function requireWindow(from: string, to: string, now: Instant): TimeWindow {
  const start = requireAirflowTime(from, "data_interval_start");
  const end = requireAirflowTime(to, "data_interval_end");
  if (start >= end) throw invalidWindow("data_interval_start", `is not before data_interval_end (${toIso(end)})`);
  if (end > now) throw invalidWindow("data_interval_end", `${toIso(end)} is in the future; it is ${toIso(now)} here`);
  return { start, end };
}

function invalidWindow(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
