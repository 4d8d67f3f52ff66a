import { Hono } from "hono";
import { z } from "zod";
import { confSchema } from "../../shared/contracts/conf.ts";
import type { DagRunCollection, TaskAttemptCollection, TaskInstanceCollection } from "../../shared/contracts/dags.ts";
import { runStateSchema, runTypeSchema } from "../../shared/contracts/dags.ts";
import { mapKeysField, sourcesField } from "../../shared/contracts/mapKeys.ts";
import { latestWindow } from "../../shared/dag/cronInterval.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { mapKeyChoice } from "../../shared/dag/mapKeys.ts";
import { type Instant, requireInstant, type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { RUN_ORDERS } from "../../shared/ports/ledger.ts";
import type { TriggerRun } from "../../shared/ports/triggerRun.ts";
import { requireRun, requireTasks } from "../engine/clearTasks.ts";
import { explainEndings } from "../engine/explainEnding.ts";
import { requireDag } from "../engine/requireDag.ts";
import type { DagReads } from "./dags.ts";
import { pageOf, pageSchema, queryOf } from "./page.ts";
import { check, parseBody } from "./parseBody.ts";

export interface DagRunRouteOptions extends DagReads {
  readonly trigger: TriggerRun;
  readonly clock: Clock;
}

const MAX_BODY_BYTES = 64 * 1024;
/** A run has a task a step and instrument: all of them at once, unless less is asked for. */
const MAX_TASKS = 10_000;

const runsSchema = pageSchema(RUN_ORDERS).extend({ state: runStateSchema.optional() });
const tasksSchema = pageSchema(["task_id", "map_key", "state", "try_number", "start_date", "end_date", "duration"]).extend({
  limit: z.coerce.number().int().min(1).max(MAX_TASKS).default(MAX_TASKS),
});
const triesSchema = pageSchema(["try_number", "start_date", "end_date", "duration"]).extend({ map_key: z.string().default("") });

/** Body that triggers a run. */
export const triggerSchema = z.strictObject({
  dag_run_id: z.string().min(1).max(200).optional(),
  run_type: runTypeSchema.default("manual"),
  data_interval_start: z.string().nullish(),
  data_interval_end: z.string().nullish(),
  /** Airflow's: the moment that the run is for. Null or left out, like the interval: the latest one. */
  logical_date: z.string().nullish(),
  conf: confSchema,
  map_keys: mapKeysField,
  sources: sourcesField,
});

/** Runs, their tasks and tries, and the triggering of a run, in the shapes of Airflow's REST API v2. */
export function dagRunRoutes(options: DagRunRouteOptions): Hono {
  const { dags, ledger } = options;
  const app = new Hono().basePath("/api/v2/dags/:dag/dagRuns");
  const runOf = (dag_id: string, run_id: string) => requireRun(options, requireDag(dags, dag_id).dag_id, run_id);

  app.get("/", async (context) => {
    const dag = context.req.param("dag");
    if (dag !== "~") requireDag(dags, dag);
    const { state, ...page } = check(runsSchema, context.req.query());
    const { runs, total_entries } = await ledger.runs(dag, { ...queryOf(page), ...(state ? { state } : {}) });
    return context.json({ dag_runs: [...runs], total_entries } satisfies DagRunCollection);
  });

  app.post("/", async (context) => {
    const dag = requireDag(dags, context.req.param("dag"));
    const { run, created } = await trigger(options, dag.dag_id, await parseBody(context.req.raw, triggerSchema, MAX_BODY_BYTES));
    return context.json(run, created ? 201 : 200);
  });

  app.get("/:run", async (context) => context.json(await runOf(context.req.param("dag"), context.req.param("run"))));

  app.get("/:run/taskInstances", async (context) => {
    const run = await runOf(context.req.param("dag"), context.req.param("run"));
    const tasks = explainEndings(requireDag(dags, run.dag_id), await ledger.taskInstances(run.dag_id, run.dag_run_id));
    const task_instances = pageOf(tasks, check(tasksSchema, context.req.query()));
    return context.json({ task_instances, total_entries: tasks.length } satisfies TaskInstanceCollection);
  });

  app.get("/:run/taskInstances/:task/tries", async (context) => {
    const { dag, run, task: task_id } = context.req.param();
    const { dag_id, dag_run_id: run_id } = await runOf(dag, run);
    requireTasks(requireDag(dags, dag_id), [task_id]);
    const { map_key, ...page } = check(triesSchema, context.req.query());
    const tries = await ledger.attempts({ dag_id, run_id, task_id, map_key });
    const task_instances = pageOf(tries, page);
    return context.json({ task_instances, total_entries: tries.length } satisfies TaskAttemptCollection);
  });

  return app;
}

function trigger(options: DagRunRouteOptions, dag_id: string, body: z.output<typeof triggerSchema>) {
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
function windowOf(dag: DagDefinition, body: z.output<typeof triggerSchema>, now: Instant): TimeWindow {
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
