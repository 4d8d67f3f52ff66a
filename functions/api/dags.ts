import { Hono } from "hono";
import { z } from "zod";
import type { DagRunCollection, TaskAttemptCollection, TaskInstanceCollection, TaskKey } from "../../shared/contracts/dags.ts";
import { runStateSchema, runTypeSchema } from "../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../shared/domain/dag.ts";
import { type Instant, requireInstant, type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import { instrumentSchema } from "../../shared/domain/instrument.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { LedgerQueries } from "../../shared/ports/ledger.ts";
import type { TriggerRun } from "../../shared/ports/triggerRun.ts";
import { check, parseBody } from "./parseBody.ts";

export interface DagRouteOptions {
  readonly dags: readonly DagDefinition[];
  readonly ledger: LedgerQueries;
  readonly trigger: TriggerRun;
  readonly clock: Clock;
}

const MAX_BODY_BYTES = 64 * 1024;
/** As in Airflow. */
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;
/** Far more than any step reads, and far less than the call stack that writing JSON takes. */
const MAX_CONF_DEPTH = 20;

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  offset: z.coerce.number().int().min(0).default(0),
  state: runStateSchema.optional(),
});

/** Body that triggers a run. */
export const triggerSchema = z.strictObject({
  dag_run_id: z.string().min(1).max(200).optional(),
  run_type: runTypeSchema.default("manual"),
  data_interval_start: z.string(),
  data_interval_end: z.string(),
  conf: z
    .record(z.string(), z.unknown())
    .refine((conf) => isWithinDepth(conf, MAX_CONF_DEPTH), `nests deeper than ${MAX_CONF_DEPTH} levels`)
    .default({}),
  map_keys: z.array(instrumentSchema).min(1).max(200).optional(),
});

/** Runs and tasks in the shapes of Airflow's REST API v2. */
export function dagRoutes(options: DagRouteOptions): Hono {
  const { ledger } = options;
  const app = new Hono().basePath("/api/v2/dags");

  app.get("/", (context) => context.json({ dags: options.dags.map(toJson), total_entries: options.dags.length }));
  app.get("/:dag", (context) => context.json(toJson(requireDag(options, context.req.param("dag")))));

  app.get("/:dag/dagRuns", async (context) => {
    const dag = context.req.param("dag");
    if (dag !== "~") requireDag(options, dag);
    const { state, ...page } = check(pageSchema, context.req.query());
    const { runs, total_entries } = await ledger.runs(dag, { ...page, ...(state ? { state } : {}) });
    return context.json({ dag_runs: [...runs], total_entries } satisfies DagRunCollection);
  });

  app.post("/:dag/dagRuns", async (context) => {
    const dag = requireDag(options, context.req.param("dag"));
    const body = await parseBody(context.req.raw, triggerSchema, MAX_BODY_BYTES);
    const { run, created } = await options.trigger.triggerRun({
      dag_id: dag.dag_id,
      ...(body.dag_run_id === undefined ? {} : { run_id: body.dag_run_id }),
      run_type: body.run_type,
      window: requireWindow(body, options.clock.now()),
      conf: body.conf,
      ...(body.map_keys ? { map_keys: body.map_keys } : {}),
      triggered_by: "rest_api",
    });
    return context.json(run, created ? 201 : 200);
  });

  app.get("/:dag/dagRuns/:run", async (context) =>
    context.json(await requireRun(options, context.req.param("dag"), context.req.param("run"))),
  );

  app.get("/:dag/dagRuns/:run/taskInstances", async (context) => {
    const run = await requireRun(options, context.req.param("dag"), context.req.param("run"));
    const task_instances = [...(await ledger.taskInstances(run.dag_id, run.dag_run_id))];
    return context.json({ task_instances, total_entries: task_instances.length } satisfies TaskInstanceCollection);
  });

  app.get("/:dag/dagRuns/:run/taskInstances/:task/tries", async (context) => {
    const run = await requireRun(options, context.req.param("dag"), context.req.param("run"));
    const key = {
      dag_id: run.dag_id,
      run_id: run.dag_run_id,
      task_id: context.req.param("task"),
      map_key: context.req.query("map_key") ?? "",
    };
    requireTask(options, key);
    const task_instances = [...(await ledger.attempts(key))];
    return context.json({ task_instances, total_entries: task_instances.length } satisfies TaskAttemptCollection);
  });

  return app;
}

function requireDag({ dags }: DagRouteOptions, dag_id: string): DagDefinition {
  const dag = dags.find((candidate) => candidate.dag_id === dag_id);
  if (dag) return dag;
  const known = dags.map((candidate) => candidate.dag_id);
  throw new AppError("unknown_dag", `dag_id: there is no DAG "${dag_id.slice(0, 80)}". Known: ${known.join(", ")}.`, {
    status: 404,
    details: { field: "dag_id", known },
  });
}

async function requireRun(options: DagRouteOptions, dag_id: string, run_id: string) {
  requireDag(options, dag_id);
  const run = await options.ledger.run(dag_id, run_id);
  if (run) return run;
  throw new AppError("unknown_run", `dag_run_id: ${dag_id} has no run "${run_id.slice(0, 200)}".`, {
    status: 404,
    details: { field: "dag_run_id" },
  });
}

function requireTask({ dags }: DagRouteOptions, key: TaskKey): void {
  const known = dags.find((dag) => dag.dag_id === key.dag_id)?.tasks.map((task) => task.task_id) ?? [];
  if (known.includes(key.task_id)) return;
  throw new AppError("not_found", `task_id: ${key.dag_id} has no task "${key.task_id.slice(0, 80)}". Known: ${known.join(", ")}.`, {
    status: 404,
    details: { field: "task_id", known },
  });
}

/** A run covers the past: its interval ends when everything in it can be known. */
function requireWindow(body: { data_interval_start: string; data_interval_end: string }, now: Instant): TimeWindow {
  const start = requireInstant(body.data_interval_start, "data_interval_start");
  const end = requireInstant(body.data_interval_end, "data_interval_end");
  if (start >= end) throw invalidWindow("data_interval_start", `is not before data_interval_end (${toIso(end)})`);
  if (end > now) throw invalidWindow("data_interval_end", `${toIso(end)} is in the future; it is ${toIso(now)} here`);
  return { start, end };
}

function isWithinDepth(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => isWithinDepth(part, levels - 1));
}

function invalidWindow(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}

function toJson(dag: DagDefinition) {
  return { ...dag, timetable_summary: dag.schedule ? `${dag.schedule.cron} ${dag.schedule.time_zone}` : null };
}
