import { z } from "zod";
import { dagRunSchema, dagSchema, runStateSchema, taskInstanceCollectionSchema, taskInstanceSchema } from "./dags.ts";
import { AIRFLOW_ROUTES } from "./families.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";
import { instanceParams, mapKeyQuery } from "./taskInstances.ts";

/** What people do to tasks, runs and DAGs, in the shapes of Airflow's REST API v2. */

export const dagPatchSchema = z.strictObject({ is_paused: z.boolean() });
export type DagPatch = z.infer<typeof dagPatchSchema>;

const taskIdSchema = z.string().min(1).max(200);
/** A task, all its map keys; or one of them, by the key or by its map_index. */
const pickedTaskSchema = z.union([taskIdSchema, z.tuple([taskIdSchema, z.union([z.string().max(200), z.int().min(-1)])])]);

/** POST /dags/{dag_id}/clearTaskInstances. Defaults as in Airflow: a dry run, of failed tasks only. */
export const clearSchema = z.strictObject({
  dry_run: z.boolean().default(true),
  dag_run_id: z.string().min(1).max(200).nullish(),
  /** Runs whose data interval lies between these, in place of one run. */
  start_date: z.string().nullish(),
  end_date: z.string().nullish(),
  /** With a run: also what comes after it, or before, by data interval. */
  include_future: z.boolean().default(false),
  include_past: z.boolean().default(false),
  task_ids: z.array(pickedTaskSchema).min(1).max(100).nullish(),
  map_keys: z.array(z.string().min(1).max(200)).min(1).max(200).optional(),
  only_failed: z.boolean().default(true),
  only_running: z.boolean().default(false),
  include_upstream: z.boolean().default(false),
  include_downstream: z.boolean().default(false),
  /**
   * True (Airflow's default is false): a clear that would touch a running task is refused with 409. False: that task's worker loses its
   * lease, so that nothing it still writes to the ledger counts, and the task starts again.
   */
  prevent_running_task: z.boolean().default(true),
  /** A cleared task opens its run again. */
  reset_dag_runs: z.literal(true, "a cleared task always opens its run again here; leave it true").default(true),
  /** Of the code there is one version, which runs whatever is cleared. */
  run_on_latest_version: z.boolean().nullish(),
  note: z.null("a cleared task keeps no note here; leave it out").optional(),
});
export type ClearBody = z.input<typeof clearSchema>;
/** With what was left out. */
export type ClearRequest = z.output<typeof clearSchema>;

/** Answer of a clear, dry or not: the tasks as they were before. */
export const clearedSchema = z.object({ task_instances: z.array(taskInstanceSchema), total_entries: z.int() });

export const runPatchSchema = z.strictObject({
  state: runStateSchema.extract(["success", "failed"]),
  note: z.string().max(1_000).optional(),
});
export type RunPatch = z.infer<typeof runPatchSchema>;

const oneTask = z.literal(false, "a mark is of one task here; leave it false").optional();

export const taskPatchSchema = z.strictObject({
  new_state: z.enum(["success", "failed", "skipped"]),
  note: z.string().max(1_000).optional(),
  include_upstream: oneTask,
  include_downstream: oneTask,
  include_future: oneTask,
  include_past: oneTask,
});
export type TaskPatch = z.infer<typeof taskPatchSchema>;

/** The task that was marked; and as a list of one, as Airflow's clients read it. */
export const markedSchema = taskInstanceSchema.extend(taskInstanceCollectionSchema.shape);

/** Why a task does not run. `name` is for programs, `reason` a sentence for people. */
export const dependencySchema = z.object({
  name: z.enum([
    "dag_paused",
    "backfill_paused",
    "run_queued",
    "run_ended",
    "task_ended",
    "upstream",
    "pool_full",
    "retry_delay",
    "reschedule",
    "leased",
    "due",
  ]),
  reason: z.string(),
  /** When it passes, where that is known. */
  until: z.iso.datetime().nullable(),
});
export type Dependency = z.infer<typeof dependencySchema>;

export const dependencyCollectionSchema = z.object({ dependencies: z.array(dependencySchema), total_entries: z.int() });

export const patchDag = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "PATCH",
  path: "/api/v2/dags/{dag_id}",
  summary: '{"is_paused": true} stops its runs and tasks from starting',
  body: jsonBody(dagPatchSchema),
  answers: { 200: dagSchema },
  errors: [404],
});

export const clearTaskInstances = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "POST",
  path: "/api/v2/dags/{dag_id}/clearTaskInstances",
  summary: "makes tasks run again; a dry run of failed ones unless the body says otherwise",
  body: jsonBody(clearSchema),
  answers: { 200: clearedSchema },
  errors: [404, 409],
});

export const patchDagRun = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "PATCH",
  path: "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}",
  summary: 'ends a run: {"state": "success" or "failed"}',
  body: jsonBody(runPatchSchema),
  answers: { 200: dagRunSchema },
  errors: [404],
});

export const patchTaskInstance = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "PATCH",
  path: "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}",
  summary: 'sets a task\'s state: {"new_state": "success", "failed" or "skipped"}',
  query: mapKeyQuery,
  body: jsonBody(taskPatchSchema),
  answers: { 200: markedSchema },
  errors: [404],
});

export const listDependencies = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/dependencies",
  summary: "why it does not run",
  query: mapKeyQuery,
  answers: { 200: dependencyCollectionSchema },
  errors: [404],
});

export const patchMappedInstance = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "PATCH",
  path: "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}",
  summary: "the same of an instance",
  params: instanceParams,
  body: jsonBody(taskPatchSchema),
  answers: { 200: markedSchema },
  errors: [404],
});

export const listMappedDependencies = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/dependencies",
  summary: "why an instance does not run",
  params: instanceParams,
  answers: { 200: dependencyCollectionSchema },
  errors: [404],
});

/** POST /dags/{dag_id}/dagRuns/{dag_run_id}/clear. Defaults as in Airflow: a dry run, of all tasks. */
export const clearRunSchema = z.strictObject({
  dry_run: z.boolean().default(true),
  only_failed: z.boolean().default(false),
  only_new: z.literal(false, "a run here gets no new tasks: its tasks are those that it was made with; leave it false").default(false),
  run_on_latest_version: z.boolean().nullish(),
  note: clearSchema.shape.note,
});

/** Of a dry run what would be cleared, in the short form: clients of Airflow 3.3 cannot read the long one here. Else the run. */
const clearedRunSchema = z.union([
  dagRunSchema,
  z.object({
    task_instances: z.array(taskInstanceSchema.pick({ task_id: true, task_display_name: true })),
    total_entries: z.int(),
  }),
]);

export const clearDagRun = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "POST",
  path: "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/clear",
  summary: "makes the tasks of a run run again; a dry run of all of them unless the body says otherwise",
  body: jsonBody(clearRunSchema),
  answers: { 200: clearedRunSchema },
  errors: [404, 409],
});
