import { listDagRuns, listTaskInstances, listTries, readDagRun, type TriggerBody, triggerDagRun } from "../../shared/contracts/dagRuns.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { Answer } from "../../shared/contracts/route/routeTypes.ts";
import { latestWindow } from "../../shared/dag/cronInterval.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { mapKeyChoice } from "../../shared/dag/mapKeys.ts";
import { type Instant, requireInstant, type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { TriggerRun } from "../../shared/ports/triggerRun.ts";
import { requireRun, requireTasks } from "../engine/clearTasks.ts";
import { explainEndings } from "../engine/explainEnding.ts";
import { requireDag } from "../engine/requireDag.ts";
import type { DagReads } from "./dags.ts";
import { pageOf } from "./page.ts";
import { runOrderOf, viewOfRun } from "./viewOfRun.ts";
import { viewOfTask } from "./viewOfTask.ts";
import { viewOfTry } from "./viewOfTry.ts";

export interface DagRunRouteOptions extends DagReads {
  readonly trigger: TriggerRun;
  readonly clock: Clock;
}

/** Runs, their tasks and tries, and the triggering of a run, in the shapes of Airflow's REST API v2. */
export function dagRunRoutes(options: DagRunRouteOptions): MountedRoute[] {
  const { dags, ledger } = options;
  const runOf = ({ dag_id, dag_run_id }: RunAddress) => requireRun(options, requireDag(dags, dag_id).dag_id, dag_run_id);
  return [
    handle(listDagRuns, async ({ params: { dag_id }, query: { state, order_by, ...page } }) => {
      if (dag_id !== "~") requireDag(dags, dag_id);
      const { runs, total_entries } = await ledger.runs(dag_id, {
        ...page,
        ...(order_by ? { order: runOrderOf(order_by) } : {}),
        ...(state ? { state } : {}),
      });
      return { dag_runs: runs.map(viewOfRun), total_entries };
    }),
    handle(triggerDagRun, async ({ params, body }) => {
      const { run, created } = await trigger(options, requireDag(dags, params.dag_id).dag_id, body);
      return created ? new Answer(201, viewOfRun(run)) : new Answer(200, viewOfRun(run));
    }),
    handle(readDagRun, async ({ params }) => viewOfRun(await runOf(params))),
    handle(listTaskInstances, async ({ params, query }) => {
      const run = await runOf(params);
      const tasks = explainEndings(requireDag(dags, run.dag_id), await ledger.taskInstances(run.dag_id, run.run_id));
      return { task_instances: pageOf(tasks.map(viewOfTask), query), total_entries: tasks.length };
    }),
    handle(listTries, async ({ params, query: { map_key, ...page } }) => {
      const { dag_id, run_id } = await runOf(params);
      requireTasks(requireDag(dags, dag_id), [params.task_id]);
      const tries = await ledger.attempts({ dag_id, run_id, task_id: params.task_id, map_key });
      return { task_instances: pageOf(tries.map(viewOfTry), page), total_entries: tries.length };
    }),
  ];
}

interface RunAddress {
  readonly dag_id: string;
  readonly dag_run_id: string;
}

function trigger(options: DagRunRouteOptions, dag_id: string, body: TriggerBody) {
  const now = options.clock.now();
  const isLatest = body.data_interval_start == null && body.logical_date == null;
  // Who asks for the latest means a run of its own at each call, as `fx trigger` does; who names an interval, the one run of it.
  const run_id = body.dag_run_id ?? (isLatest ? `manual__${new Date(now).toISOString()}` : undefined);
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

/** The interval that is asked for; without one, the latest of the schedule by the logical date, as `fx trigger` runs it. */
function windowOf(dag: DagDefinition, body: TriggerBody, now: Instant): TimeWindow {
  const [start, end] = [body.data_interval_start ?? null, body.data_interval_end ?? null];
  if (start !== null && end !== null) return requireWindow(start, end, now);
  if (start !== null || end !== null)
    throw invalidWindow(
      start === null ? "data_interval_start" : "data_interval_end",
      "is missing; send both ends of the interval, or neither",
    );
  const at = body.logical_date == null ? now : requireInstant(body.logical_date, "logical_date");
  if (at > now) throw invalidWindow("logical_date", `${toIso(at)} is in the future; it is ${toIso(now)} here`);
  return latestWindow(dag, at);
}

/** A run covers the past: its interval ends when everything in it can be known. */
function requireWindow(from: string, to: string, now: Instant): TimeWindow {
  const start = requireInstant(from, "data_interval_start");
  const end = requireInstant(to, "data_interval_end");
  if (start >= end) throw invalidWindow("data_interval_start", `is not before data_interval_end (${toIso(end)})`);
  if (end > now) throw invalidWindow("data_interval_end", `${toIso(end)} is in the future; it is ${toIso(now)} here`);
  return { start, end };
}

function invalidWindow(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
